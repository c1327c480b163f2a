package dev.sockreel.delta.record;

import dev.sockreel.delta.BadColumnsException;
import java.util.Arrays;

/**
 * Codes a line as what is not as in another line: piece by piece, numbers as they grow, and where a piece is another
 * one, how many of the other line's pieces it replaces and its bytes.
 */
final class LineCoder {
    /** In longer lines the whole rest is replaced: to find where both go on alike takes the square of their length. */
    private static final int MAX_EDITED_BYTES = 4096;

    private final Atoms atoms;
    private final Phrases phrases = new Phrases();
    private final Token old = new Token();
    private final Token actual = new Token();
    private byte[] predicted = new byte[64];
    private final Tokens oldRest = new Tokens();
    private final Tokens newRest = new Tokens();

    /** The places at which the pieces of a line begin, and behind the last one its end. */
    private static final class Tokens {
        int[] at = new int[64];
        int count;

        void read(byte[] line, int from, int to, Token token) {
            count = 0;
            int i = from;
            while (i < to) {
                add(i);
                token.read(line, i, to);
                i = token.end;
            }
            add(to);
            count--;
        }

        private void add(int place) {
            if (count == at.length) {
                at = Arrays.copyOf(at, 2 * count);
            }
            at[count++] = place;
        }
    }

    LineCoder(Atoms atoms) {
        this.atoms = atoms;
    }

    /** Codes a line without another one to compare it with. */
    void whole(Place now, int end) throws BadColumnsException {
        literal(now, end - now.at);
    }

    /**
     * Codes a line.
     *
     * @param end     where the line ends in the record that is coded; of no meaning to a reader
     * @param before  the tree that the other line stands in
     * @param line    the unit of that line
     * @param matched true if the states of its pieces hold here
     */
    void code(Place now, int end, Tree before, int line, boolean matched) throws BadColumnsException {
        int at = before.start[line];
        int oldEnd = before.end[line];
        while (at < oldEnd) {
            old.read(before.body, at, oldEnd);
            int state = matched ? before.states.find(at) : States.NONE;
            long expected = old.value + before.states.growth(state);
            if (!old.isValue(expected)) {
                expected = old.value;
            }
            int length = predict(before.body, expected);
            if (atoms.hit(before.states.isHot(state), isActual(now, end, length))) {
                took(now, before, state, true, expected - old.value);
                now.bytes(predicted, 0, length);
                at = old.end;
            } else {
                at = other(now, end, before, state, expected, oldEnd);
            }
        }
        if (!atoms.hit(false, now.at == end)) {
            literal(now, end - now.at);
        }
    }

    private void took(Place now, Tree before, int state, boolean hit, long growth) {
        now.tree.states.take(now.at, before.states, state, hit, growth);
    }

    /** Makes the bytes of the old piece with another number, or of a word as it is; returns their number. */
    private int predict(byte[] line, long number) {
        if (predicted.length < old.maxBytes()) {
            predicted = new byte[2 * old.maxBytes()];
        }
        if (old.isNumber) {
            return old.write(line, number, predicted);
        }
        System.arraycopy(line, old.start, predicted, 0, old.end - old.start);
        return old.end - old.start;
    }

    private boolean isActual(Place now, int end, int length) {
        if (!atoms.writes() || now.at >= end) {
            return false;
        }
        byte[] body = now.tree.body;
        actual.read(body, now.at, end);
        return actual.end - now.at == length && Arrays.equals(body, now.at, actual.end, predicted, 0, length);
    }

    /** Codes another piece than the one predicted; returns the place in the old line where it goes on. */
    private int other(Place now, int end, Tree before, int state, long expected, int oldEnd)
            throws BadColumnsException {
        long off = 0;
        if (old.isNumber) {
            if (atoms.writes() && now.at < end && actual.isNumber && old.isValue(actual.value)
                    && isActual(now, end, predict(before.body, actual.value))) {
                off = actual.value - expected;
            }
            off = atoms.number(Atoms.VALUES, off);
        }
        if (off != 0) {
            long value = expected + off;
            if (!old.isValue(value)) {
                throw new BadColumnsException("a number in a text has too many digits or is negative");
            }
            int length = predict(before.body, value);
            took(now, before, state, false, value - old.value);
            now.bytes(predicted, 0, length);
            return old.end;
        }
        int place = old.start;
        int skipped = 0;
        int length = 0;
        if (atoms.writes()) {
            oldRest.read(before.body, place, oldEnd, old);
            newRest.read(now.tree.body, now.at, end, actual);
            boolean isLong = Math.max(oldEnd - place, end - now.at) > MAX_EDITED_BYTES;
            skipped = isLong ? oldRest.count : replaced(before.body, now.tree.body);
            length = newRest.at[skipped + newRest.count - oldRest.count] - now.at;
        }
        skipped = atoms.unsigned(Atoms.MATCHES, skipped, oldEnd - place);
        now.tree.states.take(now.at, before.states, States.NONE, false, 0);
        literal(now, length);
        return passed(before.body, place, oldEnd, skipped);
    }

    /** Returns the place behind some pieces of the old line. */
    private int passed(byte[] line, int from, int end, int pieces) throws BadColumnsException {
        int at = from;
        for (int i = 0; i < pieces; i++) {
            if (at == end) {
                throw new BadColumnsException("an edit replaces more than its line has");
            }
            old.read(line, at, end);
            at = old.end;
        }
        return at;
    }

    /**
     * Returns how many of the old pieces are replaced: up to where both lines go on alike. As many pieces are left in
     * both from there on.
     */
    private int replaced(byte[] before, byte[] now) {
        int fewer = Math.min(oldRest.count, newRest.count);
        int skipped = oldRest.count - fewer;
        if (oldRest.count == newRest.count) {
            skipped = 1;
            while (skipped < oldRest.count && !isAlike(before, oldRest, skipped, now, newRest, skipped)) {
                skipped++;
            }
            return skipped;
        }
        int alike = 0;
        while (alike < fewer
                && isAlike(before, oldRest, oldRest.count - 1 - alike, now, newRest, newRest.count - 1 - alike)) {
            alike++;
        }
        return oldRest.count - alike;
    }

    private boolean isAlike(byte[] before, Tokens oldAt, int i, byte[] now, Tokens newAt, int j) {
        old.read(before, oldAt.at[i], oldAt.at[i + 1]);
        actual.read(now, newAt.at[j], newAt.at[j + 1]);
        return old.isNumber && actual.isNumber
                || Arrays.equals(before, old.start, old.end, now, actual.start, actual.end);
    }

    private void literal(Place now, int length) throws BadColumnsException {
        phrases.code(atoms, now, length);
    }
}
