package dev.sockreel.detector;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
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
        return follows(track.last()) && window(track).reaches(context.thresholds());
    }

    @Override
    public List<Finding> conclude(List<Track> kept, List<Finding> found, DetectorContext context) {
        Map<String, Finding> causes = new LinkedHashMap<>();
        for (Finding f : found) {
            if (f.id().startsWith("unread-") && f.socket().socket().family() == Family.AF_UNIX) {
                causes.putIfAbsent(place(f.socket(), f.socket().socket().inode()), f);
            }
        }
        List<Finding> all = new ArrayList<>();
        for (Track track : kept) {
            Finding cause = causes.get(place(track.last(), track.last().socket().peerInode()));
            if (cause != null) {
                all.add(finding(track, cause));
            }
        }
        return all;
    }

    private static String place(SocketRow row, long inode) {
        return row.netns() + " " + inode;
    }

    private static Finding finding(Track track, Finding cause) {
        Window window = window(track);
        SocketAddress name = cause.socket().socket().local();
        String other = (name == null ? "" : name + ", ") + "inode " + cause.socket().socket().inode();
        return new Finding(
                ID,
                cause.severity(),
                cause.certainty(),
                track.last(),
                window.first().time(),
                window.last().time(),
                window.snapshots(),
                null,
                window.observations().stream().map(o -> evidence(o, cause)).toList(),
                "The data it sent (%s bytes of memory) waited at its peer (%s) %s: see %s there.".formatted(
                        FindingPhrases.range(window.first().sendQ().kernelNumber(),
                                window.last().sendQ().kernelNumber()),
                        other,
                        FindingPhrases.during(window), cause.id()),
                FindingPhrases.lookAtOwners(cause.socket(), "the peer"));
    }

    private static Evidence evidence(Observation o, Finding cause) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sendQ", o.sendQ().kernelNumber());
        fields.put("peerInode", cause.socket().socket().inode());
        fields.put("cause", cause.id());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
