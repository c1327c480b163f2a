package dev.sockreel.delta;

/** What of a dump is not as usual: bits of a number that each dump begins with. */
final class DumpKind {
    static final int COUNT = 1;
    static final int SEQ = 2;
    static final int PID = 4;
    /** Messages appeared, went or moved. */
    static final int EVENTS = 8;
    /** Messages changed that had not for some dumps. */
    static final int COLD = 0x10;
    /** The datagrams hold other numbers of messages than before. */
    static final int EDGES = 0x20;
    static final int WHOLE = 0x40;
    static final int DUMP = 0x80;
    static final int HEADERS = 0x100;
    /** The offset between the two clocks is not that of the request. */
    static final int OFFSETS = 0x200;
    static final int TIMES = 0x400;
    static final int TIME_BITS = 0xC00;
    static final int ALL = 0xFFF;

    // values of TIME_BITS
    static final int MICROSECONDS = 0;
    static final int NANOSECONDS = TIMES;
    static final int NO_TIMES = 2 * TIMES;
    static final int RAW_TIMES = 3 * TIMES;

    private DumpKind() {}
}
