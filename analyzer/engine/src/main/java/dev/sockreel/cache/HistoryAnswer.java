package dev.sockreel.cache;

import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code history} says of one socket.
 *
 * @param order of the captures in time: their numbers in the order in which they were given
 * @param steps one for each snapshot
 */
public record HistoryAnswer(List<Integer> order, List<Step> steps, SocketHistory history, Shortfalls shortfalls) {
    /**
     * @param part of {@code order}
     * @param now  what the snapshot says; its last moment is this snapshot's
     * @param row  as it lists the socket; null where it does not
     */
    public record Step(int part, HistoryPoint now, @Nullable SocketRow row) {}

    /** Of a longer history no answer is kept: its rows are in memory until they are written. */
    public static final int MOST_STEPS = 20_000;

    public HistoryAnswer {
        order = List.copyOf(order);
        steps = List.copyOf(steps);
    }
}
