package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * FILTER of the command line: ss's states and expression, and comparisons of fields.
 *
 * @param states     mask of 1 &lt;&lt; state that {@code state} and {@code exclude} make; empty when none was named
 * @param family     AF_* to which addresses limit what is shown ({@code src unix:/run/*}), as ss does; empty for no
 *                   limit
 * @param expression on the row alone, without states and family
 */
public record Filter(OptionalInt states, OptionalInt family, Predicate<SocketRow> expression) {
    /** The family of {@link #parse(List, int)} when no option names one. */
    public static final int AF_UNSPEC = 0;

    /** Takes every row. */
    public static final Filter ALL = new Filter(OptionalInt.empty(), OptionalInt.empty(), row -> true);

    /** @throws FilterException one sentence and its place */
    public static Filter parse(List<String> words) {
        return parse(words, AF_UNSPEC);
    }

    /**
     * @param preferredFamily AF_* of addresses without a prefix, as ss's {@code -x}, {@code -4} or {@code -f} give it;
     *                        {@link #AF_UNSPEC} for inet or inet6
     * @throws FilterException one sentence and its place
     */
    public static Filter parse(List<String> words, int preferredFamily) {
        return FilterParser.parse(words, preferredFamily);
    }

    /** Returns whether states, family and expression take the row. */
    public boolean takes(SocketRow row) {
        return (states.isEmpty() || States.isIn(states.getAsInt(), row.socket().stateNumber()))
                && (family.isEmpty() || family.getAsInt() == row.socket().family())
                && expression.test(row);
    }
}
