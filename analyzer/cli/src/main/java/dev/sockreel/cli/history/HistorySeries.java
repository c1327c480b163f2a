package dev.sockreel.cli.history;

import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.Rates;
import dev.sockreel.history.Reading;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.StructField;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** A socket's history as numbers, one for each snapshot, or {@link Sparkline#ABSENT} or {@link Sparkline#UNKNOWN}. */
final class HistorySeries {
    private final SocketHistory history;
    private final int snapshots;

    HistorySeries(SocketHistory history) {
        this.history = history;
        this.snapshots = history.points().getLast().last().turn() + 1;
    }

    /**
     * Returns a number of each reading.
     *
     * @param number negative where it is not known
     */
    double[] level(ToLongFunction<Reading> number) {
        double[] values = empty();
        for (Seen seen : history.seen()) {
            long value = number.applyAsLong(seen.reading());
            fill(values, seen, value < 0 ? Sparkline.UNKNOWN : value);
        }
        return values;
    }

    /** Returns the growth of a counter per second since the reading before. */
    double[] rate(StructField field) {
        double[] values = empty();
        Seen before = null;
        for (Seen seen : history.seen()) {
            OptionalDouble rate = before == null ? OptionalDouble.empty() : Rates.perSecond(before, seen, field);
            boolean known = seen.reading().counters().of(field).isPresent();
            grown(values, seen, rate, known);
            before = seen;
        }
        return values;
    }

    /** Returns the bytes that the application reads per second, from the growth of the read position. */
    double[] readRate() {
        double[] values = empty();
        List<Seen> all = history.seen();
        long[] positions = history.readPositions();
        for (int i = 0; i < positions.length; i++) {
            boolean known = positions[i] != Socket.UNKNOWN;
            boolean both = i > 0 && known && positions[i - 1] != Socket.UNKNOWN;
            OptionalDouble rate = both
                    ? Rates.perSecond(all.get(i - 1).last(), all.get(i).first(), positions[i] - positions[i - 1])
                    : OptionalDouble.empty();
            grown(values, all.get(i), rate, known);
        }
        return values;
    }

    /** Fills in the rate at the first snapshot of a point, and 0 for its others: nothing changes within a point. */
    private static void grown(double[] values, Seen seen, OptionalDouble rate, boolean known) {
        fill(values, seen, known ? 0 : Sparkline.UNKNOWN);
        values[seen.first().turn()] = rate.orElse(Sparkline.UNKNOWN);
    }

    private static void fill(double[] values, Seen seen, double value) {
        Arrays.fill(values, seen.first().turn(), seen.last().turn() + 1, value);
    }

    private double[] empty() {
        double[] values = new double[snapshots];
        for (HistoryPoint point : history.points()) {
            Arrays.fill(values, point.first().turn(), point.last().turn() + 1,
                    point instanceof HistoryPoint.NotObserved ? Sparkline.UNKNOWN : Sparkline.ABSENT);
        }
        return values;
    }
}
