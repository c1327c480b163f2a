package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * tcp: data waits in every snapshot, some of it is read, and more arrives than is read: the queue never falls and grows
 * by a tenth of what arrives at least. A reader that keeps up leaves a queue that falls now and then. That something is
 * read shows only when more was read in all than arrives between two snapshots, so a very slow reader takes a longer
 * window.
 */
final class UnreadSlow implements Detector {
    static final String ID = "unread-slow";

    private static final int LEAST_SHARE = 10;

    @Override
    public boolean follows(SocketRow row) {
        return UnreadStuck.isUnread(row.socket());
    }

    @Override
    public Optional<Finding> judge(Track track, Scene scene) {
        Window window =
                track.longestRising(o -> o.unread() > 0 && o.inode() > 0 && o.position() != Observation.UNKNOWN);
        if (!window.reaches(scene.thresholds())) {
            return Optional.empty();
        }
        long read = leastRead(window) - track.lowestPosition(window.first());
        long queued = window.last().unread() - window.first().unread();
        if (read <= 0 || queued * LEAST_SHARE < read + queued) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                ID,
                Severity.WARNING,
                track.last().socket().ulp() == null ? Certainty.PROVED : Certainty.LIKELY,
                track.last(),
                window.first().time(),
                window.last().time(),
                window.snapshots(),
                "growing",
                window.observations().stream().map(UnreadSlow::evidence).toList(),
                "The queue only grew: %s at least %d bytes were read and about %d arrived; %s wait.".formatted(
                        FindingPhrases.during(window), read, read + queued,
                        FindingPhrases.bytes(window.first().unread(), window.last().unread(), "")),
                FindingPhrases.lookAtOwners(track.last())));
    }

    /**
     * How far the application has read in the window at least: what had arrived by one observation less what is queued
     * at the next. (A position by itself may be too high.)
     */
    private static long leastRead(Window window) {
        long most = 0;
        for (int i = 1; i < window.observations().size(); i++) {
            Observation before = window.observations().get(i - 1);
            most = Math.max(most,
                    before.tcp().received() - window.observations().get(i).recvQ().kernelNumber());
        }
        return most;
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("unread", o.unread());
        fields.put(TcpInfo.BYTES_RECEIVED.name(), o.tcp().received());
        fields.put("readPosition", o.position());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
