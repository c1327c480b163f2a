package dev.sockreel.delta.record;

/** One field of a {@link Layout}, in the order in which they stand in a body. */
sealed interface Field {
    /** How a number is predicted. */
    enum Role {
        /** From the same number of the unit before. */
        OWN,
        /** The number of the snapshot: known. */
        SNAPSHOT,
        /** The number of a dump: as far from that of the dump begun last as before; −1 stays −1. */
        DUMP,
        /** It grew as the number in the row above it did. */
        ABOVE
    }

    /**
     * A number, little-endian.
     *
     * @param bytes its width: 1, 2 (without sign), 4 or 8 (with sign)
     * @param key   true if it tells records of one type apart
     */
    record Num(int bytes, Role role, boolean key) implements Field {}

    /** A time: realtime and monotonic clock, 16 bytes. */
    record Time() implements Field {}

    /**
     * Text of lines.
     *
     * @param rest true if it is the rest of the body, else a u32 length precedes it
     * @param key  true if it tells records of one type apart
     */
    record Text(boolean rest, boolean key) implements Field {}

    /**
     * Bytes in words of four.
     *
     * @param rest    true if they are the rest of the body, else a u32 length precedes them
     * @param request true for a netlink request, whose sequence number (bytes 8 to 12) grows with the dump's number
     */
    record Words(boolean rest, boolean request) implements Field {}

    /**
     * Bytes that change together, from few values, most of which were there before: what a thread waits for.
     *
     * @param bytes how many stand before a u32 length, which text of that length follows
     */
    record Phrase(int bytes) implements Field {}

    /** A list of rows; a u32 precedes it, their number. */
    record Rows(Layout row) implements Field {}
}
