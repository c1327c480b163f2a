package dev.sockreel.cli.choosing;

import dev.sockreel.reading.Moments;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the snapshot that a selector selects by going to it, instead of reading all. */
public final class MomentChoice {
    /** Makes the same selector anew. */
    @FunctionalInterface
    public interface Making {
        /** Returns null where only reading all can tell. */
        @Nullable
        SnapshotSelector selector() throws IOException;
    }

    /**
     * Passes each snapshot that is selected so far to {@code chosen}; the last of them is the one.
     *
     * @return the selector, null where all is to be read; what was passed on does not count then
     */
    public static @Nullable SnapshotSelector find(Moments moments, Making making, Consumer<Snapshot> chosen)
            throws IOException {
        SnapshotSelector first = moments.snapshots().isEmpty() ? null : making.selector();
        if (first == null) {
            return null;
        }
        for (SnapshotSelector.Reach reach : first.reaches(moments.snapshots())) {
            SnapshotSelector selector = making.selector();
            if (selector == null || !moments.go(reach.from(), reach.to())) {
                return null;
            }
            Snapshot s;
            while ((s = moments.next()) != null) {
                if (selector.takes(s)) {
                    chosen.accept(s);
                }
            }
            if (selector.isSettled()) {
                return moments.leave() ? selector : null;
            }
        }
        return null;
    }

    private MomentChoice() {}
}
