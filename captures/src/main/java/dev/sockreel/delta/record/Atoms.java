package dev.sockreel.delta.record;

import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.delta.ColumnReader;
import dev.sockreel.delta.ColumnWriter;
import org.jspecify.annotations.Nullable;

/**
 * The decisions and numbers of a walk over records. Where they are written, they are given and returned as
 * they are; where they are read, what is given means nothing: so writer and reader walk alike.
 */
final class Atoms {
    /** Columns with numbers below this one belong to dumps. */
    private static final int FIRST_COLUMN = 1 << 21;

    /** How many decisions turned out as predicted, before one that did not; after the last number all do. */
    static final int RUNS = FIRST_COLUMN;
    /** Decisions about what changed lately. */
    static final int FLAGS = FIRST_COLUMN + 1;
    /** Matching: which record, which row, which line; lengths. */
    static final int MATCHES = FIRST_COLUMN + 2;
    /** Numbers, less the predicted ones. */
    static final int VALUES = FIRST_COLUMN + 3;
    /** Times. */
    static final int TIMES = FIRST_COLUMN + 4;
    /** Text that was not predicted. */
    static final int LITERALS = FIRST_COLUMN + 5;

    private static final long UNREAD = -1;

    private ColumnWriter out = new ColumnWriter();
    private @Nullable ColumnReader in;
    private int written;
    private long unread = UNREAD;

    /** Begins a snapshot: its decisions are counted anew. */
    void begin() {
        written = 0;
        unread = UNREAD;
    }

    void writeTo(ColumnWriter to) {
        out = to;
        in = null;
    }

    void readFrom(ColumnReader from) {
        in = from;
    }

    /** Returns true if what is given counts. */
    boolean writes() {
        return in == null;
    }

    /**
     * Decides whether something is as predicted.
     *
     * @param hot true if it changed lately, so that the decision is written as a flag of its own
     */
    boolean hit(boolean hot, boolean is) throws BadColumnsException {
        ColumnReader from = in;
        if (from != null) {
            return hot ? from.flag(FLAGS) : nextOfRun(from);
        }
        if (hot) {
            out.flag(FLAGS, is);
        } else if (is) {
            written++;
        } else {
            out.number(RUNS, halved(written));
            written = 0;
        }
        return is;
    }

    private boolean nextOfRun(ColumnReader from) throws BadColumnsException {
        if (unread == UNREAD) {
            unread = from.left(RUNS) == 0 ? Long.MAX_VALUE : unsigned(RUNS, 0, Integer.MAX_VALUE);
        }
        return unread-- != 0;
    }

    /** Codes a number of either sign. */
    long number(int column, long value) throws BadColumnsException {
        if (in != null) {
            return in.number(column);
        }
        out.number(column, value);
        return value;
    }

    /** Codes a number from 0 to a bound, which a reader checks. */
    int unsigned(int column, int value, int most) throws BadColumnsException {
        long stored = number(column, halved(value));
        long number = stored << 1 ^ stored >> 63;
        if (number < 0 || number > most) {
            throw new BadColumnsException("a number in column " + column + " exceeds " + most);
        }
        return (int) number;
    }

    /** Returns the number that a column stores as it stores one without sign: 0, −1, 1, −2 … for 0, 1, 2, 3 … */
    private static int halved(int value) {
        return value >>> 1 ^ -(value & 1);
    }

    /** Returns the bytes that {@link #literal} may still be asked for. */
    int literalsLeft() {
        return in == null ? RecordPredictor.MAX_BODY_BYTES : in.left(LITERALS);
    }

    /** Codes bytes, whose number is known. */
    void literal(byte[] body, int at, int length) throws BadColumnsException {
        if (length == 0) {
            return;
        }
        if (in != null) {
            in.bytes(LITERALS, body, at, length);
        } else {
            out.bytes(LITERALS, body, at, length);
        }
    }
}
