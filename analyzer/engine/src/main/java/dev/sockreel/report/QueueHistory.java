package dev.sockreel.report;

import dev.sockreel.history.HistoryPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * One socket over all snapshots, in a bounded number of points. Equal consecutive points are joined; when there are
 * still too many, neighbours are joined and keep their minimum and maximum.
 */
final class QueueHistory {
    private final int maxPoints;
    private final List<Stretch> stretches = new ArrayList<>();

    /**
     * Creates an empty history.
     *
     * @param maxPoints at least 2
     */
    QueueHistory(int maxPoints) {
        this.maxPoints = maxPoints;
    }

    /**
     * Adds the next snapshot.
     *
     * @param now what it shows
     */
    void add(HistoryPoint now) {
        Stretch next = Stretch.of(now);
        int size = stretches.size();
        if (size > 0 && stretches.getLast().isLike(next)) {
            stretches.set(size - 1, stretches.getLast().and(next));
            return;
        }
        if (size >= maxPoints) {
            halve();
        }
        stretches.add(next);
    }

    private void halve() {
        List<Stretch> all = List.copyOf(stretches);
        stretches.clear();
        for (int i = 0; i < all.size(); i += 2) {
            stretches.add(i + 1 < all.size() ? all.get(i).and(all.get(i + 1)) : all.get(i));
        }
    }

    /**
     * Returns the points in the order of time. A read position is the lowest shown by its own and all later points: a
     * dump taken while data arrives shows too much, never too little.
     */
    List<Stretch> stretches() {
        List<Stretch> all = new ArrayList<>(stretches);
        long lowest = Long.MAX_VALUE;
        for (int i = all.size() - 1; i >= 0; i--) {
            long shown = all.get(i).readPosition();
            if (shown != Stretch.NONE) {
                lowest = Math.min(lowest, shown);
                all.set(i, all.get(i).withReadPosition(lowest));
            }
        }
        return List.copyOf(all);
    }
}
