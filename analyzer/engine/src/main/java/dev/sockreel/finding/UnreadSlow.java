package dev.sockreel.finding;

import dev.sockreel.sockdiag.TcpInfo;
import dev.sockreel.snapshot.Severity;
import dev.sockreel.snapshot.SocketRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * tcp: data waits in every snapshot, some of it is read, and more arrives than is read: the queue never falls and grows
 * by a tenth of what arrives at least. A reader that keeps up leaves a queue that falls now and then.
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
        Window window = track.longestRising(o -> o.unread() > 0 && o.inode() > 0 && o.position() != Observation.UNKNOWN);
        if (!window.reaches(scene.thresholds())) {
            return Optional.empty();
        }
        long read = track.lowestPosition(window.last()) - track.lowestPosition(window.first());
        long queued = window.last().unread() - window.first().unread();
        if (read <= 0 || queued * LEAST_SHARE < read + queued) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                ID,
                Severity.WARNING,
                Certainty.LIKELY,
                track.last(),
                window.first().time(),
                window.last().time(),
                window.snapshots(),
                "growing",
                window.observations().stream().map(UnreadSlow::evidence).toList(),
                "In %d snapshots (%s) %d bytes were read and %d arrived: %s wait, and the queue only grew.".formatted(
                        window.snapshots(), Words.span(window), read, read + queued,
                        Words.bytes(window.first().unread(), window.last().unread(), "")),
                Words.lookAtOwners(track.last())));
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("unread", o.unread());
        fields.put(TcpInfo.BYTES_RECEIVED.name(), o.tcp().received());
        fields.put("readPosition", o.position());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
