package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.SocketCalls;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A unix socket whose thread hangs in connect(): the kernel shows no sign of it in the socket, and the address is a
 * pointer in the call. A connect of a unix stream waits for one thing only, room in the listener's queue, so it is
 * likely that it goes to one of the full listeners here.
 */
final class UnixConnectHangs implements Detector {
    @Override
    public boolean follows(SocketRow row) {
        return isUnconnected(row) && SocketCalls.of(row.owners()).dialing();
    }

    private static boolean isUnconnected(SocketRow row) {
        return row.socket().family() == Family.AF_UNIX && row.socket().peerInode() <= 0 && !row.socket().isListener();
    }

    private static Window window(Track track) {
        return track.longest(o -> o.calls().dialing());
    }

    @Override
    public boolean keeps(Track track, DetectorContext context) {
        return isUnconnected(track.last()) && context.isLongEnough(window(track));
    }

    @Override
    public List<Found> conclude(List<Track> kept, List<Found> found, DetectorContext context) {
        List<Found> all = new ArrayList<>();
        for (Track track : kept) {
            List<Found> full = found.stream().filter(f -> mayTake(f, track)).toList();
            if (!full.isEmpty()) {
                all.add(found(track, full));
            }
        }
        return all;
    }

    /** Returns whether it may be the listener: full meanwhile, of the same kind and namespace. */
    private static boolean mayTake(Found listener, Track client) {
        SocketRow row = listener.finding().socket();
        return listener.finding().id().equals(AcceptQueueFull.ID)
                && row.socket().netid().equals(client.last().socket().netid())
                && row.netns() == client.last().netns()
                && listener.window().last().turn() >= window(client).first().turn();
    }

    private static Found found(Track track, List<Found> full) {
        Window window = window(track);
        Found root = full.getFirst();
        SocketRow listener = root.finding().socket();
        String which = full.size() == 1 ? "" : "one of the " + full.size() + " full listeners here, such as ";
        return Draft.of(ConnectHangs.ID, track, window)
                .severity(Severity.CRITICAL)
                .certainty(Certainty.LIKELY)
                .root(root)
                .evidence(o -> new Evidence(o.snapshot(), o.time(), Map.of("inConnect", o.calls().dialing())))
                .why("A thread hung in connect() %s; it likely waits for room in the queue of %s%s.".formatted(
                        FindingPhrases.during(window), which, listener.socket().local()))
                .next(FindingPhrases.lookAtOwners(listener, "the listener"))
                .found();
    }
}
