package dev.sockreel.series;

import static dev.sockreel.series.SeriesState.HEADER_BYTES;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Compares two dumps of one series, each with a state of its own. */
final class Comparison {
    /** nlmsg_seq and nlmsg_pid, which differ from dump to dump, end the header. */
    private static final int SEQ_AT = 8;

    private final SeriesView before;
    private final SeriesView now;
    /** The position before of each message now, -1 for none. */
    private final int[] origins;
    private final boolean[] isMet;
    private final boolean[] isChanged;
    /** The growths of each word of messages of one length. */
    private final Map<Long, Growths> growths = new HashMap<>();
    /** The same by the number of a profile, for its words in their order. */
    private Growths[][] byProfile = new Growths[16][];
    private byte[] old = new byte[1024];
    private byte[] young = new byte[1024];

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
    private boolean differs(int from, int position) {
        int bytes = now.length(position);
        if (bytes > old.length) {
            old = new byte[bytes];
            young = new byte[bytes];
        }
        before.copy(from, old, 0);
        now.copy(position, young, 0);
        Profile profile = before.messages.profile(from);
        if (Arrays.mismatch(old, 0, SEQ_AT, young, 0, SEQ_AT) >= 0 || !areSameBut(profile)) {
            return true;
        }
        HostWords words = now.words();
        Growths[] all = growths(profile, bytes);
        for (int i = 0; i < all.length; i++) {
            int at = profile.words[i] * 4;
            all[i].add(words.get(young, at) - words.get(old, at));
        }
        return false;
    }

    /** Returns whether two messages are the same but for words that grow by themselves. */
    private boolean areSameBut(Profile profile) {
        int[] ends = profile.stretches;
        for (int i = 0; i < ends.length; i += 2) {
            if (Arrays.mismatch(old, ends[i], ends[i + 1], young, ends[i], ends[i + 1]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private Growths[] growths(Profile profile, int bytes) {
        if (profile.id >= byProfile.length) {
            byProfile = Arrays.copyOf(byProfile, Math.max(profile.id + 1, byProfile.length * 2));
        }
        Growths[] all = byProfile[profile.id];
        if (all == null) {
            all = new Growths[profile.words.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = growths.computeIfAbsent((long) bytes << 32 | profile.words[i], k -> new Growths());
            }
            byProfile[profile.id] = all;
        }
        return all;
    }

    private boolean grewAsUsual(int from, int position) {
        Profile profile = before.messages.profile(from);
        Growths[] all = growths(profile, now.length(position));
        for (int i = 0; i < all.length; i++) {
            int word = profile.words[i];
            if (now.word(position, word) - before.word(from, word) != all[i].mostCommon()) {
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
