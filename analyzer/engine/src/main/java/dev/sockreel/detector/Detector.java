package dev.sockreel.detector;

import dev.sockreel.finding.Finding;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import java.util.Optional;

/** Looks for one kind of trouble. Has no state: what it needs of the past is in the track. */
interface Detector {
    /** Whether this socket must be followed. Asked for every socket of every snapshot. */
    boolean follows(SocketRow row);

    /** Asked once, when the track ends. */
    default Optional<Finding> judge(Track track, Scene scene) {
        return Optional.empty();
    }

    /** Whether the ended track is kept for {@link #conclude}. */
    default boolean keeps(Track track, Scene scene) {
        return false;
    }

    /**
     * What follows from other findings. Asked once, at the very end.
     *
     * @param kept  tracks that this detector kept
     * @param found by all detectors' {@link #judge}
     */
    default List<Finding> conclude(List<Track> kept, List<Finding> found, Scene scene) {
        return List.of();
    }
}
