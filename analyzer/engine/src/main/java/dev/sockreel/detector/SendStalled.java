package dev.sockreel.detector;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tcp connection past its handshake has data to send, and the other end acknowledged not one byte throughout the
 * window. With a zero window the other end does not read; otherwise the network may be the cause.
 */
final class SendStalled implements Detector {
    static final String ID = "send-stalled";

    private record Ends(long netns, @Nullable SocketAddress local, @Nullable SocketAddress peer) {}

    @Override
    public boolean follows(SocketRow row) {
        Socket s = row.socket();
        return s.protocol() == InetProtocol.IPPROTO_TCP && pastHandshake(s.stateNumber()) && waits(s.sendQ());
    }

    private static boolean pastHandshake(int state) {
        return switch (state) {
            case TcpState.ESTABLISHED, TcpState.FIN_WAIT1, TcpState.CLOSE_WAIT, TcpState.LAST_ACK, TcpState.CLOSING ->
                true;
            default -> false;
        };
    }

    private static boolean waits(Queue sendQ) {
        return sendQ instanceof Queue.SequenceBytes q && q.bytes() > 0;
    }

    private static Window window(Track track) {
        return track.longestWithSame(
                o -> pastHandshake(o.state()) && waits(o.sendQ()) && o.tcp().acked() != Observation.UNKNOWN,
                o -> o.tcp().acked());
    }

    @Override
    public boolean keeps(Track track, DetectorContext context) {
        return window(track).reaches(context.thresholds());
    }

    /** Judges at the end, when it is known whether the other end is in the capture and does not read. */
    @Override
    public List<Finding> conclude(List<Track> kept, List<Finding> found, DetectorContext context) {
        Map<Ends, Finding> readers = new HashMap<>();
        for (Finding f : found) {
            if (f.id().equals(UnreadStuck.ID)) {
                Socket s = f.socket().socket();
                readers.put(new Ends(f.socket().netns(), s.local(), s.peer()), f);
            }
        }
        return kept.stream()
                .map(t -> finding(t, readers.get(
                        new Ends(t.last().netns(), t.last().socket().peer(), t.last().socket().local()))))
                .toList();
    }

    /** @param reader what was found of the other end; null when nothing was, or when it is not in the capture */
    private static Finding finding(Track track, @Nullable Finding reader) {
        Window window = window(track);
        boolean zeroWindow = window.observations().stream().allMatch(o -> o.tcp().zeroWindow());
        String what = "%s waited %s to be sent or acknowledged, and none was acknowledged".formatted(
                FindingPhrases.bytes(window.first().sendQ().kernelNumber(), window.last().sendQ().kernelNumber(), ""),
                FindingPhrases.during(window));
        String why = zeroWindow
                ? "the other end's window is 0, so it does not read."
                : reader == null
                        ? "the cause is the network or the peer."
                : "the cause is the network or the peer, and the peer, also in this capture, does not read"
                        + " (unread-stuck).";
        return new Finding(
                ID,
                zeroWindow ? Severity.CRITICAL : Severity.WARNING,
                zeroWindow ? Certainty.PROVED : Certainty.LIKELY,
                track.last(),
                window.first().time(),
                window.last().time(),
                window.snapshots(),
                null,
                window.observations().stream().map(SendStalled::evidence).toList(),
                what + ": " + why,
                next(track, zeroWindow, reader));
    }

    private static String next(Track track, boolean zeroWindow, @Nullable Finding reader) {
        if (reader != null) {
            return FindingPhrases.lookAtOwners(reader.socket(), "the peer");
        }
        return zeroWindow
                ? "Look at the process at the other end, " + track.last().peer() + ": it has stopped reading."
                : "Check whether " + track.last().peer() + " is reachable and alive.";
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sendQ", o.sendQ().kernelNumber());
        fields.put(TcpInfo.BYTES_ACKED.name(), o.tcp().acked());
        fields.put("zeroWindow", o.tcp().zeroWindow());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
