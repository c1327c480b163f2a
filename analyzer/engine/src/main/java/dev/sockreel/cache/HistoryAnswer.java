package dev.sockreel.cache;

import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code history} for one socket.
 *
 * @param order the captures in the order of time, as indexes into the given captures
 * @param steps one for each snapshot
 */
public record HistoryAnswer(List<Integer> order, List<Step> steps, SocketHistory history, Shortfalls shortfalls) {
    /**
     * One snapshot.
     *
     * @param part index into {@code order}
     * @param now  what the snapshot shows; its last moment is this snapshot's
     * @param row  the row of the socket; null where the snapshot does not list it
     */
    public record Step(int part, HistoryPoint now, @Nullable SocketRow row) {}

    /** Limit for the steps of a cached history: its rows stay in memory until they are written. */
    public static final int MAX_STEPS = 20_000;

    public HistoryAnswer {
        order = List.copyOf(order);
        steps = List.copyOf(steps);
    }
}
