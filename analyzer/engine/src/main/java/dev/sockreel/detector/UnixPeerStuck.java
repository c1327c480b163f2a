package dev.sockreel.detector;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.finding.Evidence;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The victim of a unix socket whose data nobody reads: its other end, whose own data waits to be taken and which
 * blocks, or soon will. Severity and certainty are those of the cause.
 */
final class UnixPeerStuck implements Detector {
    static final String ID = "unix-peer-stuck";

    @Override
    public boolean follows(SocketRow row) {
        return row.socket().family() == Family.AF_UNIX && row.socket().peerInode() > 0 && waits(row.socket().sendQ());
    }

    private static boolean waits(Queue sendQ) {
        return sendQ instanceof Queue.MemoryBytes q && q.bytes() > 0;
    }

    private static Window window(Track track) {
        return track.longest(o -> waits(o.sendQ()));
    }

    @Override
    public boolean keeps(Track track, DetectorContext context) {
        return follows(track.last()) && context.isLongEnough(window(track));
    }

    @Override
    public List<Found> conclude(List<Track> kept, List<Found> found, DetectorContext context) {
        Map<String, Found> roots = new LinkedHashMap<>();
        for (Found f : found) {
            SocketRow row = f.finding().socket();
            if (f.finding().id().startsWith("unread-") && row.socket().family() == Family.AF_UNIX) {
                roots.putIfAbsent(place(row, row.socket().inode()), f);
            }
        }
        List<Found> all = new ArrayList<>();
        for (Track track : kept) {
            Found root = roots.get(place(track.last(), track.last().socket().peerInode()));
            if (root != null) {
                all.add(found(track, root));
            }
        }
        return all;
    }

    private static String place(SocketRow row, long inode) {
        return row.netns() + " " + inode;
    }

    private static Found found(Track track, Found root) {
        Window window = window(track);
        SocketRow stuck = root.finding().socket();
        SocketAddress name = stuck.socket().local();
        String other = (name == null ? "" : name + ", ") + "inode " + stuck.socket().inode();
        return Draft.of(ID, track, window)
                .severity(root.finding().severity())
                .certainty(root.finding().certainty())
                .root(root)
                .evidence(o -> evidence(o, root))
                .why("The data it sent (%s bytes of memory) waited at its peer (%s) %s: see %s there.".formatted(
                        FindingPhrases.range(window.first().sendQ().kernelNumber(),
                                window.last().sendQ().kernelNumber()),
                        other, FindingPhrases.during(window), root.finding().id()))
                .next(FindingPhrases.lookAtOwners(stuck, "the peer"))
                .found();
    }

    private static Evidence evidence(Observation o, Found root) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sendQ", o.sendQ().kernelNumber());
        fields.put("peerInode", root.finding().socket().socket().inode());
        fields.put("cause", root.finding().id());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
