package dev.sockreel.benchmarks.results;

import java.util.List;
import java.util.Locale;

/** The median of some rounds with the least and the greatest; NaN when a round has no value. */
public record Spread(double min, double median, double max) {
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        if (n == 0 || sorted.getLast().isNaN()) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        double median = n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
        return new Spread(sorted.getFirst(), median, sorted.getLast());
    }

    public boolean isKnown() {
        return !Double.isNaN(median);
    }

    /** Returns for instance {@code 2.38 (1.91 to 3.11)}, or a dash. */
    @Override
    public String toString() {
        return !isKnown() ? "–" : min == max ? number(median)
                : number(median) + " (" + number(min) + " to " + number(max) + ")";
    }

    /** Returns a number with three digits that count, and all of those before the point. */
    public static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
