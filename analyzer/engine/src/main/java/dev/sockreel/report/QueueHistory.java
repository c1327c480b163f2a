package dev.sockreel.report;

import dev.sockreel.history.HistoryPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * One socket over all snapshots in a bounded number of points: equal ones in a row are one, and when there are too
 * many, neighbours are joined and keep their least and their most.
 */
final class QueueHistory {
    private final int most;
    private final List<Stretch> stretches = new ArrayList<>();

    /** @param most points, at least 2 */
    QueueHistory(int most) {
        this.most = most;
    }

    /** @param now what the next snapshot says */
    void add(HistoryPoint now) {
        Stretch next = Stretch.of(now);
        int size = stretches.size();
        if (size > 0 && stretches.getLast().isLike(next)) {
            stretches.set(size - 1, stretches.getLast().and(next));
            return;
        }
        if (size >= most) {
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
     * In the order of time. Read positions are the lowest of what each and all later ones show: a dump that is taken
     * while data arrives shows too much, none too little.
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
