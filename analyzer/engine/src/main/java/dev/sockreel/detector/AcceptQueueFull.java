package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * More connections wait for accept() than the listener's backlog allows, so new ones are turned away. One snapshot is
 * enough.
 */
final class AcceptQueueFull implements Detector {
    static final String ID = "accept-queue-full";

    @Override
    public boolean follows(SocketRow row) {
        return Observation.isFull(row.socket().recvQ(), row.socket().sendQ());
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pendingConnections", o.recvQ().kernelNumber());
        fields.put("backlogLimit", o.sendQ().kernelNumber());
        return new Evidence(o.snapshot(), o.time(), fields);
    }

    @Override
    public Optional<Found> judge(Track track, DetectorContext context) {
        Window window = track.longest(Observation::isFullQueue);
        if (window.snapshots() == 0) {
            return Optional.empty();
        }
        Observation last = window.last();
        SocketRow row = track.rowAt(window);
        boolean unix = row.socket().family() == Family.AF_UNIX;
        String turnedAway = unix
                ? "a non-blocking connect fails with EAGAIN, a blocking one waits"
                : "the kernel drops the last step of new handshakes, so clients hang or time out";
        return Draft.of(ID, track, window)
                .severity(Severity.CRITICAL)
                .certainty(Certainty.PROVED)
                .listeners(List.of(row))
                .evidence(AcceptQueueFull::evidence)
                .why("%d connections wait for accept(), more than the limit of %d: %s.".formatted(
                        last.recvQ().kernelNumber(), last.sendQ().kernelNumber(), turnedAway))
                .next(FindingPhrases.lookAtOwners(row, window)
                        + " If it accepts but cannot keep up, raise the backlog of listen()"
                        + (unix ? "." : " and net.core.somaxconn."))
                .some();
    }
}
