package dev.sockreel.detector;

import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * An unconnected unix datagram socket whose thread hangs in a send: the kernel names no peer of it, and the address is
 * a pointer in the call. It is likely that it sends to one of the datagram sockets here that nobody reads.
 */
final class UnixSenderHangs implements Detector {
    private static final String DATAGRAM = "u_dgr";

    @Override
    public boolean follows(SocketRow row) {
        return isUnconnected(row) && row.socket().sendQ().kernelNumber() > 0;
    }

    private static boolean isUnconnected(SocketRow row) {
        return row.socket().family() == Family.AF_UNIX && row.socket().netid().equals(DATAGRAM)
                && row.socket().peerInode() <= 0;
    }

    private static Window window(Track track) {
        return track.longest(o -> o.calls().sending());
    }

    @Override
    public boolean keeps(Track track, DetectorContext context) {
        return isUnconnected(track.last()) && context.isLongEnough(window(track));
    }

    @Override
    public List<Found> conclude(List<Track> kept, List<Found> found, DetectorContext context) {
        List<Found> all = new ArrayList<>();
        for (Track track : kept) {
            List<Found> full = found.stream().filter(f -> mayReceive(f, track, context)).toList();
            if (!full.isEmpty()) {
                all.add(found(track, full, context));
            }
        }
        return all;
    }

    /** Returns whether it may be the address that the sender sends to: named, a datagram socket, of this namespace. */
    private static boolean mayReceive(Found receiver, Track sender, DetectorContext context) {
        SocketRow row = receiver.finding().socket();
        return receiver.finding().id().equals("unread-unproven")
                && row.socket().netid().equals(DATAGRAM)
                && row.socket().local() != null
                && row.netns() == sender.last().netns()
                && context.otherEnds().of(receiver.track().last().identity()).stream()
                        .allMatch(t -> t.last().socket().cookie() != sender.last().socket().cookie());
    }

    private static Found found(Track track, List<Found> full, DetectorContext context) {
        Window window = window(track);
        Found root = full.stream()
                .max(Comparator.comparingLong(f -> hangingOthers(f, context)))
                .orElseThrow();
        String which =
                full.size() == 1 ? "" : "one of the " + full.size() + " datagram sockets here that nobody reads, such"
                        + " as ";
        return Draft.of(UnixPeerStuck.ID, track, window)
                .severity(root.finding().severity())
                .certainty(Certainty.LIKELY)
                .root(root)
                .evidence(o -> new Evidence(o.snapshot(), o.time(), Map.of("sendQ", o.sendQ().kernelNumber(), "inSend",
                        o.calls().sending())))
                .why("A thread hung in a send %s; the socket is connected to none, so it likely sends to %s%s."
                        .formatted(
                                FindingPhrases.during(window), which, root.finding().socket().socket().local()))
                .next(FindingPhrases.lookAtOwners(root.finding().socket(), "the receiver"))
                .found();
    }

    /** Returns how many sockets of other processes than its own hang on a receiver: those show that it is full. */
    private static long hangingOthers(Found receiver, DetectorContext context) {
        return context.otherEnds().of(receiver.track().last().identity()).stream()
                .filter(t -> t.observations().stream().anyMatch(o -> o.calls().sending()) && !isOwn(receiver, t))
                .count();
    }

    private static boolean isOwn(Found receiver, Track sender) {
        List<Owner> a = receiver.finding().socket().owners();
        List<Owner> b = sender.last().owners();
        return a != null && b != null && a.stream().anyMatch(x -> b.stream().anyMatch(y -> y.pid() == x.pid()));
    }
}
