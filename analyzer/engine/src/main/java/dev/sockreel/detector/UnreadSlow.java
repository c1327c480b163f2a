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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

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
    /** Unread bytes that count as a full buffer whatever its size: the default size of a tcp receive buffer is 128 KiB. */
    private static final long FULL_BYTES = 64 * 1024;

    /**
     * The speed of a reader.
     *
     * @param readBytes    read at least in the window
     * @param backlogBytes that waited on average: unread, and at the sender where the capture has it
     * @param durationNs   of the window
     * @param throttled    whether tcp throttles the sender, because its data always waits or the buffer stays full
     */
    private record Pace(long readBytes, long backlogBytes, long durationNs, boolean throttled) {
        static Pace of(Track track, Window window, DetectorContext context) {
            long from = track.lowestPosition(window.first());
            long read = minBytesRead(window) - from;
            List<Observation> sender = waitingSender(track, window, context);
            boolean isFull = window.observations().stream()
                    .allMatch(o -> o.isBufferHalfFull() || o.unread() >= FULL_BYTES);
            long backlog = mean(window.observations(), Observation::unread)
                    + mean(sender, o -> o.sendQ().kernelNumber());
            return new Pace(read, backlog, window.durationNs(), isFull || !sender.isEmpty());
        }

        private static long mean(List<Observation> all, ToLongFunction<Observation> value) {
            return (long) all.stream().mapToLong(value).average().orElse(0);
        }

        /** Returns what the snapshots of the window show of the sender if its data waits in all of them, else nothing. */
        private static List<Observation> waitingSender(Track track, Window window, DetectorContext context) {
            return context.otherEnds().of(track.last().identity()).stream()
                    .map(t -> t.during(window))
                    .filter(seen -> seen.size() > 1 && seen.stream().allMatch(o -> o.sendQ().kernelNumber() > 0))
                    .findFirst()
                    .orElse(List.of());
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
                                FindingPhrases.during(window), pace(Pace.of(track, window, context))));
    }

    private static Optional<Found> steady(Track track, DetectorContext context) {
        Window window = track.longest(UnreadSlow::isUnread);
        if (!context.isLongEnough(window)) {
            return Optional.empty();
        }
        Pace pace = Pace.of(track, window, context);
        boolean drains = 2 * (window.first().unread() - window.last().unread()) > pace.readBytes();
        if (pace.readBytes() <= 0 || pace.delayNs() < MIN_DELAY_NS || drains || !pace.throttled()) {
            return Optional.empty();
        }
        return finding(track, window, "constant",
                "%d bytes were read %s while the buffer stayed full: %s.".formatted(pace.readBytes(),
                        FindingPhrases.during(window), rate(pace)));
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
                .moves(true)
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
