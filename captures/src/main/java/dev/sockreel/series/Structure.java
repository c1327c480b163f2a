package dev.sockreel.series;

import java.util.Arrays;

/**
 * The way through a dump: at each moment the message expected next is the one after the last, in the order of the dump
 * before. What keeps its order is copied in stretches, and not at all while nothing was moved.
 */
final class Structure {
    private final Messages messages;
    private Rows next;
    /** The position in the dump before of the message expected next. */
    private int expected;
    /** Where the stretch at work begins in the dump before. */
    private int begin;
    /** The position in this dump where that stretch begins. */
    private int made;
    private boolean isRestructured;
    /** Whether an earlier message may be met again. */
    private boolean isDisordered;
    /** The positions of the dump before that were met, the stretch at work aside. */
    private long[] used = new long[1];
    private final Positions appeared = new Positions();
    private final Positions changed = new Positions();
    private final Positions stretches = new Positions();

    Structure(Messages messages, Budget budget) {
        this.messages = messages;
        this.next = new Rows(budget);
    }

    void start() {
        expected = 0;
        begin = 0;
        made = 0;
        isRestructured = false;
        isDisordered = false;
        int words = (messages.size() >> 6) + 1;
        if (used.length < words) {
            used = new long[words * 2];
        } else {
            Arrays.fill(used, 0, words, 0);
        }
        appeared.clear();
        changed.clear();
        stretches.clear();
    }

    /** Returns the position of the next message in this dump. */
    int position() {
        return made + expected - begin;
    }

    int expected() {
        return expected;
    }

    /** Returns whether the message expected next exists and was not met in this dump. */
    boolean hasExpected() {
        return expected < messages.size() && !(isDisordered && isUsed(expected));
    }

    /** Returns how many messages from the expected one on were not met, at most some. */
    int expectedInOrder(int most) {
        int end = expected + Math.min(messages.size() - expected, most);
        if (isDisordered) {
            int at = expected;
            while (at < end && !isUsed(at)) {
                at++;
            }
            end = at;
        }
        return end - expected;
    }

    /** Returns whether a message of the dump before was met already. */
    boolean isMet(int old) {
        return old >= begin && old < expected || isUsed(old);
    }

    private boolean isUsed(int old) {
        return (used[old >> 6] >> old & 1) != 0;
    }

    /** Goes on behind messages that were met. */
    void pass(int count) {
        expected += count;
    }

    void passChanged() {
        changed.add(position());
        expected++;
    }

    /** Expects another message than the one behind the last. */
    void jump(int old) throws SeriesTooLargeException {
        flush();
        isRestructured = true;
        isDisordered |= old < expected;
        expected = old;
        begin = old;
    }

    /** Takes in a message that the dump before did not have. */
    void appear(int place, Profile plain) throws SeriesTooLargeException {
        flush();
        isRestructured = true;
        next.makeRoom(made + 1);
        next.places[made] = place;
        next.meta[made] = plain.id | Rows.FRESH;
        appeared.add(made);
        made++;
    }

    private void flush() throws SeriesTooLargeException {
        int length = expected - begin;
        if (length == 0) {
            return;
        }
        use(begin, expected);
        next.copy(messages.rows, begin, made, length);
        stretches.add(made);
        stretches.add(begin);
        stretches.add(length);
        made += length;
        begin = expected;
    }

    private void use(int from, int to) {
        for (int i = from; i < to;) {
            if ((i & 63) == 0 && i + 64 <= to) {
                used[i >> 6] = -1;
                i += 64;
            } else {
                used[i >> 6] |= 1L << i;
                i++;
            }
        }
    }

    /** Ends the dump: messages that were not met are gone. */
    SeriesChanges end() throws SeriesTooLargeException {
        int before = messages.size();
        if (!isRestructured && expected == before) {
            return new SeriesChanges(new int[0], changed.toArray(), new int[0], false, new int[] {0, 0, before});
        }
        flush();
        Positions gone = new Positions();
        for (int i = 0; i < before; i++) {
            if (!isUsed(i)) {
                gone.add(i);
                messages.chunks.drop(messages.rows.places[i], messages.bytes(i));
            }
        }
        next.count = made;
        Rows old = messages.rows;
        messages.rows = next;
        next = old;
        return new SeriesChanges(
                appeared.toArray(), changed.toArray(), gone.toArray(), true, stretches.toArray());
    }
}
