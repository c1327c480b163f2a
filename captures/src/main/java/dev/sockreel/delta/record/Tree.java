package dev.sockreel.delta.record;

import java.util.Arrays;

/**
 * A body and where its units stand in it, each before the units inside it. A unit is a row, the list or text in a
 * field, or a line of a text. The body itself is unit 0.
 */
final class Tree {
    private static final int[] NO_UNITS = {};

    byte[] body;
    int length;
    int units;
    int[] start;
    int[] end;
    /** Of each unit the first one that is not inside it. */
    int[] after;
    final States states = new States();

    Tree(byte[] body, int length, int units) {
        this.body = body;
        this.length = length;
        start = new int[units];
        end = new int[units];
        after = new int[units];
    }

    /** Adds a unit that begins at a place; its end follows with {@link #close}. */
    int open(int at) {
        if (units == start.length) {
            int room = Math.max(8, units * 2);
            start = Arrays.copyOf(start, room);
            end = Arrays.copyOf(end, room);
            after = Arrays.copyOf(after, room);
        }
        start[units] = at;
        return units++;
    }

    void close(int unit, int at) {
        end[unit] = at;
        after[unit] = units;
    }

    /** Returns the units directly inside a unit. */
    int[] children(int unit) {
        int count = 0;
        for (int u = unit + 1; u < after[unit]; u = after[u]) {
            count++;
        }
        int[] children = count == 0 ? NO_UNITS : new int[count];
        int i = 0;
        for (int u = unit + 1; u < after[unit]; u = after[u]) {
            children[i++] = u;
        }
        return children;
    }

    boolean sameBytes(int unit, Tree other, int otherUnit) {
        return Arrays.equals(body, start[unit], end[unit], other.body, other.start[otherUnit], other.end[otherUnit]);
    }

    boolean hasStates(int unit) {
        return states.any(start[unit], end[unit]);
    }

    long number(int at, int bytes) {
        return switch (bytes) {
            case 1 -> body[at] & 0xFF;
            case 2 -> body[at] & 0xFF | (body[at + 1] & 0xFF) << 8;
            case 3 -> body[at] & 0xFF | (body[at + 1] & 0xFF) << 8 | (body[at + 2] & 0xFF) << 16;
            case 4 -> (int) LittleEndian.INT.get(body, at);
            default -> (long) LittleEndian.LONG.get(body, at);
        };
    }

    /** Gives back what was allocated for growth. */
    void trim() {
        if (start.length > units + 8 + units / 4) {
            start = Arrays.copyOf(start, units);
            end = Arrays.copyOf(end, units);
            after = Arrays.copyOf(after, units);
        }
        if (body.length > length + 64 + length / 4) {
            body = Arrays.copyOf(body, length);
        }
    }

    /** Returns the bytes it takes. */
    long bytes() {
        return 128 + body.length + 12L * start.length + states.bytes();
    }
}
