package dev.sockreel.finding;

import dev.sockreel.snapshot.SocketRow;
import java.util.Optional;

/** Looks for one kind of trouble. Has no state: what it needs of the past is in the track. */
interface Detector {
    /** Whether this socket must be followed. Asked for every socket of every snapshot. */
    boolean follows(SocketRow row);

    /** Asked once, when the track ends. */
    Optional<Finding> judge(Track track, Thresholds thresholds);
}
