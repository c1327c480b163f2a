package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
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
        return isFull(row.socket().recvQ(), row.socket().sendQ());
    }

    /** Returns whether the queue is full: the kernel queues one more than the limit. */
    private static boolean isFull(Queue recvQ, Queue sendQ) {
        return recvQ instanceof Queue.PendingConnections pending
                && sendQ instanceof Queue.BacklogLimit limit
                && pending.connections() > limit.connections();
    }

    private static String unread(Listeners.Pending pending) {
        return pending.unreadBytes() == 0 ? "" : " Nobody can read the %s in them.".formatted(
                FindingPhrases.bytes(pending.unreadBytes(), pending.unreadBytes(), ""));
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pendingConnections", o.recvQ().kernelNumber());
        fields.put("backlogLimit", o.sendQ().kernelNumber());
        return new Evidence(o.snapshot(), o.time(), fields);
    }

    @Override
    public Optional<Finding> judge(Track track, DetectorContext context) {
        Window window = track.longest(o -> isFull(o.recvQ(), o.sendQ()));
        if (window.snapshots() == 0) {
            return Optional.empty();
        }
        Observation last = window.last();
        boolean unix = track.last().socket().family() == Family.AF_UNIX;
        String turnedAway = unix
                ? "a non-blocking connect fails with EAGAIN, a blocking one waits"
                : "the kernel drops the last step of new handshakes, so clients hang or time out";
        List<Evidence> evidence = window.observations().stream()
                .map(AcceptQueueFull::evidence)
                .toList();
        return Optional.of(new Finding(
                ID,
                Severity.CRITICAL,
                Certainty.PROVED,
                track.last(),
                window.first().time(),
                last.time(),
                window.snapshots(),
                null,
                evidence,
                "%d connections wait for accept(), more than the limit of %d: %s.%s".formatted(
                        last.recvQ().kernelNumber(), last.sendQ().kernelNumber(), turnedAway,
                        unread(context.listeners().pending(track.last()))),
                FindingPhrases.lookAtOwners(track.last())
                        + " If it accepts but cannot keep up, raise the backlog of listen()"
                        + (unix ? "." : " and net.core.somaxconn.")));
    }
}
