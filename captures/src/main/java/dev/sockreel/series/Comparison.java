package dev.sockreel.series;

import static dev.sockreel.series.SeriesState.HEADER_BYTES;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Compares two dumps of one series, each with a state of its own. */
final class Comparison {
    private final SeriesView before;
    private final SeriesView now;
    /** The position before of each message now, -1 for none. */
    private final int[] origins;
    private final boolean[] isMet;
    private final boolean[] isChanged;
    /** How often a word of messages of one length grew by an amount. */
    private final Map<Growth, int[]> counts = new HashMap<>();
    /** The most common growth of each word of messages of one length. */
    private final Map<Long, int[]> usual = new HashMap<>();

    private record Growth(int bytes, int word, int amount) {}

    Comparison(SeriesView before, SeriesView now) {
        this.before = before;
        this.now = now;
        origins = new int[now.size()];
        isMet = new boolean[before.size()];
        isChanged = new boolean[now.size()];
    }

    SeriesChanges changes() throws SeriesTooLargeException {
        match();
        for (int i = 0; i < origins.length; i++) {
            isChanged[i] = origins[i] >= 0 && differs(origins[i], i);
        }
        counts.forEach(this::count);
        for (int i = 0; i < origins.length; i++) {
            isChanged[i] |= origins[i] >= 0 && !grewAsUsual(origins[i], i);
        }
        return listed();
    }

    /** Matches in order first, by cookie else. */
    private void match() throws SeriesTooLargeException {
        CookieTable table = new CookieTable(before.cookies, new Budget(Long.MAX_VALUE), before.messages);
        table.build(before.messages);
        int expected = 0;
        for (int i = 0; i < origins.length; i++) {
            int old = isExpected(expected, i) ? expected : find(table, i);
            origins[i] = old;
            if (old >= 0) {
                isMet[old] = true;
                expected = old + 1;
            }
        }
    }

    private boolean isExpected(int old, int position) {
        int bytes = now.length(position);
        return old < isMet.length && !isMet[old] && before.length(old) == bytes
                && key(before, old, bytes) == key(now, position, bytes);
    }

    private static long key(SeriesView view, int position, int bytes) {
        return view.cookies.key(view.messages.chunk(position), view.messages.at(position), bytes);
    }

    private int find(CookieTable table, int position) {
        int old = table.find(now.messages.chunk(position), now.messages.at(position), now.length(position));
        return old >= 0 && isMet[old] ? -1 : old;
    }

    /** Returns whether words differ that did not grow by themselves; else counts by how much the others grew. */
    private boolean differs(int old, int position) {
        int bytes = now.length(position);
        if (before.word(old, 0) != now.word(position, 0) || before.word(old, 1) != now.word(position, 1)) {
            return true;
        }
        Profile profile = before.messages.profile(old);
        for (int word = HEADER_BYTES / 4; word < bytes >> 2; word++) {
            if (!profile.has(word) && before.word(old, word) != now.word(position, word)) {
                return true;
            }
        }
        for (int word : profile.words) {
            Growth growth = new Growth(bytes, word, now.word(position, word) - before.word(old, word));
            counts.computeIfAbsent(growth, k -> new int[1])[0]++;
        }
        return false;
    }

    /** Keeps the most common growth; of two as common the smaller one. */
    private void count(Growth growth, int[] times) {
        usual.merge(place(growth.bytes, growth.word), new int[] {growth.amount, times[0]}, Comparison::moreCommon);
    }

    private static int[] moreCommon(int[] one, int[] other) {
        return one[1] > other[1] || (one[1] == other[1] && one[0] < other[0]) ? one : other;
    }

    private static long place(int bytes, int word) {
        return (long) bytes << 32 | word;
    }

    private boolean grewAsUsual(int old, int position) {
        for (int word : before.messages.profile(old).words) {
            int[] most = usual.get(place(now.length(position), word));
            if (most == null || now.word(position, word) - before.word(old, word) != most[0]) {
                return false;
            }
        }
        return true;
    }

    private SeriesChanges listed() {
        Positions appeared = new Positions();
        Positions changed = new Positions();
        Positions stretches = new Positions();
        int from = 0;
        for (int i = 0; i < origins.length; i++) {
            if (origins[i] < 0) {
                appeared.add(i);
            } else if (isChanged[i]) {
                changed.add(i);
            }
            boolean isLast = i + 1 == origins.length || origins[i + 1] != origins[i] + 1;
            if (origins[i] >= 0 && isLast) {
                stretches.add(from);
                stretches.add(origins[from]);
                stretches.add(i + 1 - from);
            }
            from = origins[i] < 0 || isLast ? i + 1 : from;
        }
        Positions gone = new Positions();
        for (int i = 0; i < isMet.length; i++) {
            if (!isMet[i]) {
                gone.add(i);
            }
        }
        int[] all = stretches.toArray();
        int[] same = {0, 0, origins.length};
        boolean restructured = isMet.length != origins.length || origins.length > 0 && !Arrays.equals(all, same);
        return new SeriesChanges(
                appeared.toArray(), changed.toArray(), gone.toArray(), restructured, restructured ? all : same);
    }
}
