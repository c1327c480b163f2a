package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tcp socket had unread data throughout the window, and its read position did not move. The position at a moment is
 * the minimum of its own and all later observations: a dump taken while data arrives shows it too high, never too low.
 *
 * <p>It is proved that nothing was read between two observations that both show that very position, whatever those
 * between them show. An observation that shows it too high may have a true position below the minimum, so a window that
 * begins with one is only likely.
 */
final class UnreadStuck implements Detector {
    static final String ID = "unread-stuck";

    /** A reader stopped reading when it pauses more than so many times as long as it does at other times. */
    private static final int PAUSES = 3;

    @Override
    public boolean follows(SocketRow row) {
        return isUnread(row.socket());
    }

    static boolean isUnread(Socket s) {
        return s.protocol() == InetProtocol.IPPROTO_TCP && s.unread().orElse(0) > 0;
    }

    /** Returns whether the socket's read position is known, so that this detector judges it and no other. */
    static boolean hasPosition(Track track) {
        return track.observations().stream().anyMatch(o -> o.position() != Observation.UNKNOWN);
    }

    @Override
    public Optional<Found> judge(Track track, DetectorContext context) {
        Window likely = stuckWindow(track);
        Window proved = betweenExact(track, likely);
        boolean isProved = context.isLongEnough(proved);
        Window window = isProved ? proved : likely;
        if (!context.isLongEnough(window)) {
            return Optional.empty();
        }
        SocketRow row = track.rowAt(window);
        String ulp = row.socket().ulp();
        boolean ended = window.last().turn() < track.observations().getLast().turn()
                && track.lowestPosition(track.observations().getLast()) > track.lowestPosition(window.first());
        boolean pauses = isUsualPause(track, window);
        boolean grows = window.trend() == Window.Trend.GROWING && !pauses && !ended;
        Certainty certainty = ulp != null || !isProved ? Certainty.LIKELY : Certainty.PROVED;
        String held = "%s waited %s and none was read: the application's read position stayed at %d"
                .formatted(
                        FindingPhrases.bytes(window.first().unread(), window.last().unread(), "unread"),
                        FindingPhrases.during(window), track.lowestPosition(window.first()));
        return Draft.of(ID, track, window)
                .severity(grows && certainty == Certainty.PROVED ? Severity.CRITICAL : Severity.WARNING)
                .certainty(certainty)
                .trend(window.trend().id())
                .moves(pauses)
                .ended(ended)
                .evidence(UnreadStuck::evidence)
                .why(held + doubt(ulp, isProved) + FindingPhrases.stopped(window)
                        + (ended ? " It read on afterwards." : "")
                        + (pauses ? " It also pauses like this at other times." : ""))
                .next(FindingPhrases.lookAtOwners(row, window))
                .some();
    }

    /** Returns whether it also pauses while data waits before or after the window, for at least a third as long. */
    private static boolean isUsualPause(Track track, Window window) {
        long longestNs = 0;
        Observation since = null;
        for (Observation o : track.observations()) {
            if (window.covers(o.turn()) || o.unread() <= 0) {
                since = null;
                continue;
            }
            if (since == null || track.lowestPosition(o) != track.lowestPosition(since)) {
                since = o;
            }
            longestNs = Math.max(longestNs, o.time().nanosSince(since.time()));
        }
        return longestNs > 0 && window.durationNs() <= PAUSES * longestNs;
    }

    private static String doubt(@Nullable String ulp, boolean isProved) {
        return ulp != null
                ? "; an upper layer protocol (" + ulp + ") may read in the kernel, so this is likely, not proved."
                : isProved ? "."
                : "; data arrived during the first dump, so the position may be too high: this is likely,"
                        + " not proved.";
    }

    /** Returns the window. It excludes connections that were never accepted (inode 0), which are another finding. */
    private static Window stuckWindow(Track track) {
        return track.longestWithSame(
                o -> o.unread() > 0 && o.position() != Observation.UNKNOWN && o.inode() > 0, track::lowestPosition);
    }

    /** Returns the part of the window from the first observation that shows the window's lowest position itself. */
    private static Window betweenExact(Track track, Window window) {
        List<Observation> all = window.observations();
        int from = 0;
        while (from < all.size() && all.get(from).position() != track.lowestPosition(all.get(from))) {
            from++;
        }
        return new Window(all.subList(from, all.size()));
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recvQ", o.recvQ().kernelNumber());
        fields.put("unread", o.unread());
        fields.put(TcpInfo.BYTES_RECEIVED.name(), o.tcp().received());
        fields.put("readPosition", o.position());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
