package dev.sockreel.delta.record;

import dev.sockreel.delta.BadColumnsException;
import org.jspecify.annotations.Nullable;

/** Codes the numbers of rows and the words of bytes as they grow. */
final class NumberCoder {
    private final Atoms atoms;

    NumberCoder(Atoms atoms) {
        this.atoms = atoms;
    }

    /**
     * Codes a number that is predicted from the same one before.
     *
     * @param before the body before, whose states hold; null to predict {@code old} itself
     * @param place  where the number stands in it
     * @param old    the number it is compared with
     */
    void own(Place now, int bytes, @Nullable Tree before, int place, long old) throws BadColumnsException {
        int state = before == null ? States.NONE : before.states.find(place);
        long expected = fit(old + (before == null ? 0 : before.states.growth(state)), bytes);
        long actual = atoms.writes() ? now.tree.number(now.at, bytes) : 0;
        boolean hit = atoms.hit(before != null && before.states.isHot(state), actual == expected);
        long value = hit ? expected : off(actual, expected, bytes);
        if (before != null) {
            now.tree.states.take(now.at, before.states, state, hit, value - old);
        }
        now.number(value, bytes);
    }

    /** Codes a number whose prediction is known otherwise, and returns it. */
    long expected(Place now, int bytes, long prediction) throws BadColumnsException {
        long expected = fit(prediction, bytes);
        long actual = atoms.writes() ? now.tree.number(now.at, bytes) : 0;
        long value = atoms.hit(false, actual == expected) ? expected : off(actual, expected, bytes);
        now.number(value, bytes);
        return value;
    }

    private long off(long actual, long expected, int bytes) throws BadColumnsException {
        long value = expected + atoms.number(Atoms.VALUES, actual - expected);
        if (value != fit(value, bytes)) {
            throw new BadColumnsException("a number does not fit in its " + bytes + " bytes");
        }
        return value;
    }

    /** Returns what is left of a number in so many bytes: those of up to three have no sign. */
    private static long fit(long value, int bytes) {
        return switch (bytes) {
            case 1 -> value & 0xFF;
            case 2 -> value & 0xFFFF;
            case 3 -> value & 0xFFFFFF;
            case 4 -> (int) value;
            default -> value;
        };
    }
}
