package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.track.Found;
import dev.sockreel.track.Holders;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Data waited throughout the window, but the kernel has no number that proves that nothing was read: unix, udp, raw,
 * netlink, packet, and tcp without a byte counter.
 */
final class UnreadUnproven implements Detector {
    static final String ID = "unread-unproven";

    @Override
    public boolean follows(SocketRow row) {
        return waits(row.socket());
    }

    /**
     * Returns whether data waits. The kernel's own end of netlink is excluded: what waits there is a request it is
     * about to answer, such as the recorder's.
     */
    static boolean waits(Socket s) {
        return Boolean.TRUE.equals(s.waiting()) && !s.isKernelsOwn();
    }

    @Override
    public Optional<Found> judge(Track track, DetectorContext context) {
        if (UnreadStuck.hasPosition(track) || track.last().socket().isKernelsOwn()) {
            return Optional.empty();
        }
        Window window = track.longest(o -> o.isWaiting() && o.inode() != 0);
        if (!context.isLongEnough(window)) {
            return Optional.empty();
        }
        boolean stopped = window.observations().stream().allMatch(o -> o.holders() == Holders.STOPPED);
        Window.Trend trend = window.trend();
        if (trend == Window.Trend.FALLING && !stopped) {
            return Optional.empty(); // something reads
        }
        // a queue that overflows is full, whether it is read or not
        boolean overflows = window.last().drops() != window.first().drops();
        boolean likely = stopped || trend == Window.Trend.GROWING && !overflows;
        SocketRow row = track.rowAt(window);
        return Draft.of(ID, track, window)
                .severity(likely ? Severity.WARNING : Severity.INFO)
                .certainty(likely && !track.hasGap() ? Certainty.LIKELY : Certainty.CANNOT_TELL)
                .trend(trend.id())
                .evidence(UnreadUnproven::evidence)
                .why(why(window, likely, stopped, row.socket().source().equals("proc"))
                        + FindingPhrases.stopped(window))
                .next(FindingPhrases.lookAtOwners(row, window))
                .some();
    }

    private static String why(Window window, boolean grows, boolean stopped, boolean fromProc) {
        String what = FindingPhrases.waiting(window);
        String where = FindingPhrases.during(window);
        if (stopped) {
            return what + " waited " + where + ", and every process that holds the socket was stopped in all of them.";
        }
        if (grows) {
            return what + " waited " + where + ": the queue only grew, so it is likely that nobody reads.";
        }
        return what + " waited " + where + (fromProc ? ": /proc/net has no counter" : ": the kernel has no counter")
                + " that distinguishes a socket nobody reads from one that is read and filled again.";
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recvQ", o.recvQ().kernelNumber());
        fields.put("recvQMeaning", o.recvQ().meaning().id());
        if (o.unread() >= 0) {
            fields.put("unread", o.unread());
        }
        if (o.holders() == Holders.STOPPED) {
            fields.put("ownersStopped", true);
        }
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
