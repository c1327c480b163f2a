package dev.sockreel.finding;

import dev.sockreel.sockdiag.InetProtocol;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpInfo;
import dev.sockreel.snapshot.Severity;
import dev.sockreel.snapshot.SocketRow;
import java.util.LinkedHashMap;
import java.util.List;
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
        Socket s = row.socket();
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
        long position = lowestFrom(track.observations(), track.observations().indexOf(window.first()));
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

    /** The longest run with data waiting, an owner's descriptor, and one and the same lowest position. */
    private static Window stuckWindow(Track track) {
        List<Observation> all = track.observations();
        Window best = Window.EMPTY;
        int from = 0;
        for (int i = 0; i <= all.size(); i++) {
            boolean goesOn = i < all.size() && fits(all.get(i))
                    && (i == from || lowestFrom(all, i) == lowestFrom(all, from));
            if (!goesOn) {
                Window run = new Window(all.subList(from, Math.max(from, i)));
                best = run.snapshots() > best.snapshots() ? run : best;
                from = i < all.size() && fits(all.get(i)) ? i : i + 1;
            }
        }
        return best;
    }

    /** A connection that was never accepted has inode 0: that is another finding. */
    private static boolean fits(Observation o) {
        return o.unread() > 0 && o.position() != Observation.UNKNOWN && o.inode() > 0;
    }

    private static long lowestFrom(List<Observation> all, int from) {
        long lowest = Long.MAX_VALUE;
        for (Observation o : all.subList(from, all.size())) {
            lowest = o.position() == Observation.UNKNOWN ? lowest : Math.min(lowest, o.position());
        }
        return lowest;
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recvQ", o.recvQ().kernelNumber());
        fields.put("unread", o.unread());
        fields.put(TcpInfo.BYTES_RECEIVED.name(), o.position() + o.recvQ().kernelNumber());
        fields.put("readPosition", o.position());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
