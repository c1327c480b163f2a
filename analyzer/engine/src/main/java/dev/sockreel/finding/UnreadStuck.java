package dev.sockreel.finding;

import dev.sockreel.sockdiag.InetProtocol;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpInfo;
import dev.sockreel.snapshot.Severity;
import dev.sockreel.snapshot.SocketRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * tcp: data waited through the window and the read position did not move. The position at a moment is the minimum
 * over it and all later observations: a dump taken while data arrives shows it too high, never too low.
 */
final class UnreadStuck implements Detector {
    static final String ID = "unread-stuck";

    @Override
    public boolean follows(SocketRow row) {
        return isUnread(row.socket());
    }

    static boolean isUnread(Socket s) {
        return s.protocol() == InetProtocol.IPPROTO_TCP && s.unread().orElse(0) > 0;
    }

    /** Whether the read position of the track's socket is known, so that this detector judges it and no other. */
    static boolean hasPosition(Track track) {
        return track.observations().stream().anyMatch(o -> o.position() != Observation.UNKNOWN);
    }

    @Override
    public Optional<Finding> judge(Track track, Scene scene) {
        Window window = stuckWindow(track);
        if (!window.reaches(scene.thresholds())) {
            return Optional.empty();
        }
        boolean ulp = track.last().socket().ulp() != null;
        Observation last = window.last();
        long position = track.lowestPosition(window.first());
        String held = "%s waited in %d snapshots (%s) and not one was read: the application's read position stayed at %d"
                .formatted(
                        Words.bytes(window.first().unread(), last.unread(), "unread"), window.snapshots(),
                        Words.span(window), position);
        return Optional.of(new Finding(
                ID,
                Severity.CRITICAL,
                ulp ? Certainty.LIKELY : Certainty.PROVED,
                track.last(),
                window.first().time(),
                last.time(),
                window.snapshots(),
                window.trend().id(),
                window.observations().stream().map(UnreadStuck::evidence).toList(),
                held + (ulp ? "; an upper layer protocol (" + track.last().socket().ulp()
                        + ") may read in the kernel, so this is likely, not proved." : "."),
                Words.lookAtOwners(track.last())));
    }

    /** A connection that was never accepted has inode 0: that is another finding. */
    private static Window stuckWindow(Track track) {
        return track.longestWithSame(
                o -> o.unread() > 0 && o.position() != Observation.UNKNOWN && o.inode() > 0, track::lowestPosition);
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
