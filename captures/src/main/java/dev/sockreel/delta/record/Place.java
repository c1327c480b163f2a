package dev.sockreel.delta.record;

import dev.sockreel.delta.BadColumnsException;
import java.util.Arrays;

/**
 * The place up to which a walk has come in the record that it codes. The writer walks over a parsed body, the reader
 * builds it: units and bytes are there or are added as the walk passes.
 */
final class Place {
    /** No body has more units than these and one for so many bytes; memory is bounded so. */
    private static final int FREE_UNITS = 8;
    private static final int BYTES_PER_UNIT = 2;

    final Tree tree;
    private final boolean builds;
    int at;
    private int unit;

    private Place(Tree tree, boolean builds) {
        this.tree = tree;
        this.builds = builds;
    }

    /** Returns the begin of a parsed body. */
    static Place in(Tree tree) {
        return new Place(tree, false);
    }

    /** Returns the begin of a body to be built, with room for so many bytes and units at first. */
    static Place building(int bytes, int units) {
        return new Place(new Tree(new byte[Math.max(64, bytes)], 0, Math.max(8, units)), true);
    }

    /** Returns the unit that is entered next. */
    int unit() {
        return unit;
    }

    /** Enters the next unit. */
    int open() throws BadColumnsException {
        if (builds) {
            if (unit > FREE_UNITS + at / BYTES_PER_UNIT) {
                throw new BadColumnsException("a record has more parts than bytes for them");
            }
            tree.open(at);
        }
        return unit++;
    }

    /** Leaves a unit. */
    void close(int left) {
        if (builds) {
            tree.close(left, at);
        }
    }

    /** Passes bytes, which a reader fills in afterwards: a length. */
    void skip(int bytes) throws BadColumnsException {
        room(bytes);
        at += bytes;
    }

    /** Fills in a number passed by {@link #skip}. */
    void setInt(int place, int value) {
        if (builds) {
            LittleEndian.INT.set(tree.body, place, value);
        }
    }

    /** Passes a number. */
    void number(long value, int bytes) throws BadColumnsException {
        room(bytes);
        if (builds) {
            for (int i = 0; i < bytes; i++) {
                tree.body[at + i] = (byte) (value >> 8 * i);
            }
        }
        at += bytes;
    }

    /** Passes bytes that stand elsewhere. */
    void bytes(byte[] from, int begin, int length) throws BadColumnsException {
        room(length);
        if (builds) {
            System.arraycopy(from, begin, tree.body, at, length);
        }
        at += length;
    }

    /** Passes the rest of a unit that was just entered and is equal to one of a tree before, and leaves it. */
    void copy(int entered, Tree from, int other) throws BadColumnsException {
        int units = from.after[other] - other;
        if (builds) {
            int byteShift = at - from.start[other];
            int unitShift = entered - other;
            tree.after[entered] = from.after[other] + unitShift;
            tree.end[entered] = from.end[other] + byteShift;
            for (int u = other + 1; u < from.after[other]; u++) {
                int copy = tree.open(from.start[u] + byteShift);
                tree.end[copy] = from.end[u] + byteShift;
                tree.after[copy] = from.after[u] + unitShift;
            }
        }
        unit = entered + units;
        bytes(from.body, from.start[other], from.end[other] - from.start[other]);
    }

    /** Makes room for bytes; a writer has them. */
    void room(int bytes) throws BadColumnsException {
        if (!builds) {
            return;
        }
        if (bytes > RecordPredictor.MAX_BODY_BYTES - at) {
            throw new BadColumnsException("a record is larger than " + RecordPredictor.MAX_BODY_BYTES + " bytes");
        }
        if (at + bytes > tree.body.length) {
            tree.body =
                    Arrays.copyOf(tree.body, Math.max(at + bytes, Math.min(2 * at, RecordPredictor.MAX_BODY_BYTES)));
        }
        tree.length = Math.max(tree.length, at + bytes);
    }
}
