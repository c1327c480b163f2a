package dev.sockreel.delta;

/** The numbers of the columns that predicted dumps use; all are below {@link #END}. */
final class DumpColumns {
    /** The bound of these columns' numbers; those of other records begin here. */
    static final int END = 1 << 21;

    // the dump
    /** Bits of {@link DumpKind}. */
    static final int KIND = 0;
    static final int COUNT = 1;
    static final int SEQ = 2;
    static final int PID = 3;

    // the way through the messages of the dump before
    static final int GAP = 4;
    static final int EVENT = 5;
    static final int RUN = 6;
    static final int HOT = 7;

    // messages that changed
    static final int RECENT = 8;
    static final int MASK = 9;
    static final int MORE = 10;
    static final int EXTRA = 11;
    static final int PARTNER = 12;
    static final int INFO = 13;
    static final int RELATION = 14;
    static final int PACING = 15;
    static final int PACKETS = 16;
    static final int INTERVAL = 17;

    // messages that appeared
    static final int APPEARED_LENGTH = 18;
    static final int APPEARED_MASK = 19;
    static final int APPEARED_HOW = 20;

    // datagrams
    static final int EDGE_GAP = 21;
    static final int EDGE = 22;
    static final int WHOLE_GAP = 23;
    static final int WHOLE = 24;
    static final int WHOLE_BYTES = 25;
    static final int DUMP = 26;
    static final int HEADER_GAP = 27;
    static final int HEADER = 28;
    static final int TIME_FIRST = 29;
    static final int TIME = 30;
    static final int OFFSET = 31;
    static final int TIME_RAW = 32;

    // values of words: a column for each word, place of the cookie and kind of value
    static final int DIFFERENCE = 0;
    static final int ABSOLUTE = 1;
    /** Added to these two where only time went on by another amount. */
    static final int MOVE = 2;
    static final int APPEARED = 4;

    private static final int WORDS = 64;
    private static final int MAX_WORD = 16_000;
    private static final int KINDS = 8;
    private static final int FAMILIES = 16;

    /**
     * Returns the column of a word's values.
     *
     * @param cookieAt offset of the cookie, which tells families apart; negative for none
     */
    static int ofWord(int word, int cookieAt, int kind) {
        int family = cookieAt < 0 ? 0 : cookieAt >> 2 & FAMILIES - 1;
        return WORDS + (Math.min(word, MAX_WORD) * FAMILIES + family) * KINDS + kind;
    }

    private DumpColumns() {}
}
