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
 * A tcp socket has unread data in every snapshot; some of it is read, but more arrives: the queue never falls, and it
 * grows by at least a tenth of what arrives. A reader that keeps up leaves a queue that falls now and then. Reading
 * shows only when more was read in all than arrives between two snapshots, so a very slow reader needs a longer window.
 */
final class UnreadSlow implements Detector {
    static final String ID = "unread-slow";

    private static final int MIN_GROWTH_DIVISOR = 10;

    @Override
    public boolean follows(SocketRow row) {
        return UnreadStuck.isUnread(row.socket());
    }

    @Override
    public Optional<Finding> judge(Track track, DetectorContext context) {
        Window window =
                track.longestRising(o -> o.unread() > 0 && o.inode() > 0 && o.position() != Observation.UNKNOWN);
        if (!window.reaches(context.thresholds())) {
            return Optional.empty();
        }
        long read = minBytesRead(window) - track.lowestPosition(window.first());
        long queued = window.last().unread() - window.first().unread();
        if (read <= 0 || queued * MIN_GROWTH_DIVISOR < read + queued) {
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
                "The queue only grew, from %d to %d unread bytes: at least %d bytes were read and about %d arrived %s."
                        .formatted(window.first().unread(), window.last().unread(), read, read + queued,
                                FindingPhrases.during(window)),
                FindingPhrases.lookAtOwners(track.last())));
    }

    /**
     * Returns how far the application has read in the window at least: what had arrived by one observation minus what
     * is queued at the next. (A single position may be too high.)
     */
    private static long minBytesRead(Window window) {
        long max = 0;
        for (int i = 1; i < window.observations().size(); i++) {
            Observation before = window.observations().get(i - 1);
            max = Math.max(max,
                    before.tcp().received() - window.observations().get(i).recvQ().kernelNumber());
        }
        return max;
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("unread", o.unread());
        fields.put(TcpInfo.BYTES_RECEIVED.name(), o.tcp().received());
        fields.put("readPosition", o.position());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
