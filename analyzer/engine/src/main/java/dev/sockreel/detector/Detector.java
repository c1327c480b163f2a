package dev.sockreel.detector;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.Track;
import java.util.List;
import java.util.Optional;

/** Finds one kind of problem. Implementations are stateless; a socket's past is in its track. */
interface Detector {
    /** Returns whether this socket must be followed. Called for every socket of every snapshot. */
    boolean follows(SocketRow row);

    /** Judges a track. Called once, when the track ends. */
    default Optional<Found> judge(Track track, DetectorContext context) {
        return Optional.empty();
    }

    /** Returns whether the ended track is kept for {@link #conclude}. */
    default boolean keeps(Track track, DetectorContext context) {
        return false;
    }

    /**
     * Returns findings that depend on other findings. Called once, at the very end.
     *
     * @param kept  tracks that this detector kept
     * @param found findings of all detectors before this one in the list
     */
    default List<Found> conclude(List<Track> kept, List<Found> found, DetectorContext context) {
        return List.of();
    }
}
