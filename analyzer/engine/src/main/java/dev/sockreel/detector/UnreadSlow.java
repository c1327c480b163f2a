package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.render.Bytes;
import dev.sockreel.render.Span;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A tcp socket has unread data in every snapshot, and it is read more slowly than it is offered. Either the queue only
 * grows, by at least a tenth of what arrives; or the queue stays so full that what arrives now is read a second later
 * or more: a sender that tcp throttles cannot make it grow. A reader that keeps up leaves a queue that falls now and
 * then, and one that reads much is behind by little. Reading shows only when more was read in all than arrives between
 * two snapshots, so a very slow reader needs a longer window.
 */
final class UnreadSlow implements Detector {
    static final String ID = "unread-slow";

    private static final int MIN_GROWTH_DIVISOR = 10;
    /** The delay between arrival and reading from which a steady reader counts as slow, ns. */
    private static final long MIN_DELAY_NS = 1_000_000_000L;

    /**
     * The speed of a reader.
     *
     * @param readBytes    read at least in the window
     * @param backlogBytes that waited at least in every snapshot
     * @param durationNs   of the window
     */
    private record Pace(long readBytes, long backlogBytes, long durationNs) {
        static Pace of(Track track, Window window) {
            long read = track.lowestPosition(window.last()) - track.lowestPosition(window.first());
            long least = window.observations().stream().mapToLong(Observation::unread).min().orElse(0);
            return new Pace(Math.max(read, minBytesRead(window) - track.lowestPosition(window.first())), least,
                    window.durationNs());
        }

        double bytesPerSecond() {
            return durationNs <= 0 ? 0 : readBytes * 1e9 / durationNs;
        }

        /** Returns how long what arrives now waits until it is read, ns; 0 when nothing is read. */
        long delayNs() {
            return readBytes <= 0 ? 0 : (long) (backlogBytes / bytesPerSecond() * 1e9);
        }
    }

    @Override
    public boolean follows(SocketRow row) {
        return UnreadStuck.isUnread(row.socket());
    }

    @Override
    public Optional<Found> judge(Track track, DetectorContext context) {
        Optional<Found> growing = growing(track, context);
        return growing.isPresent() ? growing : steady(track, context);
    }

    private static boolean isUnread(Observation o) {
        return o.unread() > 0 && o.inode() > 0 && o.position() != Observation.UNKNOWN;
    }

    private static Optional<Found> growing(Track track, DetectorContext context) {
        Window window = track.longestRising(UnreadSlow::isUnread);
        if (!context.isLongEnough(window)) {
            return Optional.empty();
        }
        long read = minBytesRead(window) - track.lowestPosition(window.first());
        long queued = window.last().unread() - window.first().unread();
        if (read <= 0 || queued * MIN_GROWTH_DIVISOR < read + queued) {
            return Optional.empty();
        }
        return finding(track, window, "growing",
                "The queue only grew, from %d to %d unread bytes: at least %d bytes were read and about %d arrived %s%s."
                        .formatted(window.first().unread(), window.last().unread(), read, read + queued,
                                FindingPhrases.during(window), pace(Pace.of(track, window))));
    }

    private static Optional<Found> steady(Track track, DetectorContext context) {
        Window window = track.longest(UnreadSlow::isUnread);
        if (!context.isLongEnough(window)) {
            return Optional.empty();
        }
        Pace pace = Pace.of(track, window);
        if (pace.readBytes() <= 0 || pace.delayNs() < MIN_DELAY_NS) {
            return Optional.empty();
        }
        return finding(track, window, "constant",
                "At least %d bytes waited %s while %d were read: %s.".formatted(pace.backlogBytes(),
                        FindingPhrases.during(window), pace.readBytes(), rate(pace)));
    }

    private static String pace(Pace pace) {
        return pace.readBytes() <= 0 ? "" : "; " + rate(pace);
    }

    private static String rate(Pace pace) {
        return "%s/s out of a backlog of %s, so that what arrives now waits about %s".formatted(
                Bytes.text((long) pace.bytesPerSecond()), Bytes.text(pace.backlogBytes()), Span.text(pace.delayNs()));
    }

    private static Optional<Found> finding(Track track, Window window, String trend, String why) {
        SocketRow row = track.rowAt(window);
        return Draft.of(ID, track, window)
                .severity(Severity.WARNING)
                .certainty(row.socket().ulp() == null ? Certainty.PROVED : Certainty.LIKELY)
                .trend(trend)
                .evidence(UnreadSlow::evidence)
                .why(why)
                .next(FindingPhrases.lookAtOwners(row, window))
                .some();
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
