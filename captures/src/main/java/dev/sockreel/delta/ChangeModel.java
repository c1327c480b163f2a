package dev.sockreel.delta;

import java.util.Arrays;

/** What was learned of messages of one length that changed: which words, and what their values are told by. */
final class ChangeModel {
    static final int BYTES_A_WORD = 45;
    static final int BYTES = 800;

    private static final int NONE = -1;
    private static final int MOST_TRUST = 15;
    /** A word's partner says how much it grew from this on. */
    private static final int MIN_TRUST = 4;
    /** Costs are kept in sixteenths of a bit, as running means. */
    private static final int SIXTEENTHS = 4;
    private static final int RATE = 3;

    final RecentMasks recent = new RecentMasks();
    /** The word of tcp_info's begin, {@link TcpRelations#NONE} for none. */
    int info;
    /** Words that changed in any message so far, in ascending order. */
    int[] live = new int[8];
    int liveCount;
    private final boolean[] isLive;
    /** The word before that mostly grew by the same amount. */
    private final int[] partner;
    private final byte[] trust;
    /** What values cost as differences and as such; apart where only time went on. */
    private final int[] differenceCost;
    private final int[] absoluteCost;
    /** The growth of words in the message at work. */
    private final int[] growth;
    private final int[] grownIn;
    private int message;

    ChangeModel(int words) {
        isLive = new boolean[words];
        partner = new int[words];
        Arrays.fill(partner, NONE);
        trust = new byte[words];
        differenceCost = new int[words * 2];
        absoluteCost = new int[words * 2];
        growth = new int[words];
        grownIn = new int[words];
    }

    boolean isLive(int word) {
        return isLive[word];
    }

    void addLive(int word) {
        if (isLive[word]) {
            return;
        }
        isLive[word] = true;
        if (liveCount == live.length) {
            live = Arrays.copyOf(live, liveCount * 2);
        }
        int at = liveCount++;
        while (at > 0 && live[at - 1] > word) {
            live[at] = live[at - 1];
            at--;
        }
        live[at] = word;
    }

    void beginMessage() {
        message++;
    }

    /** Returns whether the word's partner grew in the message at work. */
    boolean hasPartner(int word) {
        int before = partner[word];
        return before >= 0 && trust[word] >= MIN_TRUST && grownIn[before] == message;
    }

    int partnerGrowth(int word) {
        return growth[partner[word]];
    }

    /** Takes note of a word's growth; learns which word before grows alike. */
    void grew(int word, int by, int[] before, int count) {
        growth[word] = by;
        grownIn[word] = message;
        int known = partner[word];
        if (known >= 0 && grownIn[known] == message && growth[known] == by) {
            trust[word] = (byte) Math.min(trust[word] + 1, MOST_TRUST);
            return;
        }
        if (known >= 0 && grownIn[known] == message && trust[word] > 0) {
            trust[word]--;
        }
        for (int i = count - 1; i >= 0; i--) {
            if (growth[before[i]] == by) {
                if (--trust[word] < 0) {
                    partner[word] = before[i];
                    trust[word] = 1;
                }
                return;
            }
        }
    }

    /** Returns whether values of a word are cheaper as such than as differences. */
    boolean isAbsolute(int word, boolean isMove) {
        int at = word * 2 + (isMove ? 1 : 0);
        return absoluteCost[at] < differenceCost[at];
    }

    void cost(int word, boolean isMove, int difference, int value) {
        int at = word * 2 + (isMove ? 1 : 0);
        differenceCost[at] += bits(difference) - differenceCost[at] >> RATE;
        // a value as such must be better by a bit's quarter
        absoluteCost[at] += bits(value) + 4 - absoluteCost[at] >> RATE;
    }

    private static int bits(int value) {
        return 32 - Integer.numberOfLeadingZeros(value < 0 ? -value : value) << SIXTEENTHS;
    }
}
