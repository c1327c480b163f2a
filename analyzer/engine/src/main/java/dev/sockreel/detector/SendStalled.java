package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.render.Bytes;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tcp connection past its handshake has data to send, and the other end acknowledged not one byte throughout the
 * window. With a zero window the other end takes no more at this moment, which a slow reader shows too; otherwise the
 * network may be the cause, or this host itself, where the window is open and yet nothing is sent. Whether the other
 * end reads is decided by its own row, where the capture has it.
 */
final class SendStalled implements Detector {
    static final String ID = "send-stalled";

    /**
     * What the capture shows of the other end.
     *
     * @param root  the finding about it, null for none
     * @param taken bytes that it read in the window; {@link Observation#UNKNOWN} when the capture does not show it
     */
    private record OtherEnd(@Nullable Found root, @Nullable SocketRow row, long taken) {}

    /** The reason why nothing is acknowledged, as far as the sender's numbers show it throughout the window. */
    private enum Send {
        /** The other end's window is 0. */
        REFUSED,
        /** The kernel does not give the window, and its probe timer runs. */
        PROBES,
        /** The window is open, and the probe timer runs since nothing is on its way. */
        NOTHING_LEAVES,
        NO_ACKS;

        static Send of(Window window) {
            List<Observation> all = window.observations();
            if (all.stream().allMatch(o -> Boolean.TRUE.equals(o.tcp().zeroWindow()))) {
                return REFUSED;
            }
            if (all.stream().allMatch(o -> o.tcp().isRefused())) {
                return PROBES;
            }
            return all.stream().allMatch(o -> o.tcp().isHeldBack()) ? NOTHING_LEAVES : NO_ACKS;
        }

        boolean isRefused() {
            return this == REFUSED || this == PROBES;
        }
    }

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
        return context.isLongEnough(window(track));
    }

    /** Judges at the end, when it is known whether the other end is in the capture and reads. */
    @Override
    public List<Found> conclude(List<Track> kept, List<Found> found, DetectorContext context) {
        IdentityHashMap<Track, Found> readers = new IdentityHashMap<>();
        for (Found f : found) {
            if (f.finding().id().equals(UnreadStuck.ID) || f.finding().id().equals(UnreadSlow.ID)
                    || f.finding().id().equals(NeverAccepted.ID)) {
                readers.merge(f.track(), f, (a, b) -> a.finding().id().equals(UnreadSlow.ID) ? a : b);
            }
        }
        return kept.stream().map(t -> found(t, otherEnd(t, readers, context))).toList();
    }

    private static OtherEnd otherEnd(Track track, IdentityHashMap<Track, Found> readers, DetectorContext context) {
        for (Track other : context.otherEnds().of(track.last().identity())) {
            List<Observation> during = other.during(window(track)).stream()
                    .filter(o -> o.position() != Observation.UNKNOWN)
                    .toList();
            long taken = during.size() < 2 ? Observation.UNKNOWN
                    : other.lowestPosition(during.getLast()) - other.lowestPosition(during.getFirst());
            return new OtherEnd(readers.get(other), other.last(), taken);
        }
        return new OtherEnd(null, null, Observation.UNKNOWN);
    }

    private static Found found(Track track, OtherEnd other) {
        Window window = window(track);
        Send send = Send.of(window);
        String what = "%s waited %s to be sent or acknowledged, and none was acknowledged".formatted(
                FindingPhrases.bytes(window.first().sendQ().kernelNumber(), window.last().sendQ().kernelNumber(), ""),
                FindingPhrases.during(window));
        return Draft.of(ID, track, window)
                .severity(Severity.WARNING)
                .certainty(send == Send.REFUSED ? Certainty.PROVED : Certainty.LIKELY)
                .evidence(SendStalled::evidence)
                .moves(other.taken() > 0)
                .root(other.root())
                .why(what + ": " + why(send, other))
                .next(next(track, send, other))
                .found();
    }

    private static String why(Send send, OtherEnd other) {
        String sees = switch (send) {
            case REFUSED -> "the other end's window is 0, so it takes no more at this moment";
            case PROBES ->
                "the zero-window probe timer runs, so the other end most likely takes no more at this moment";
            case NOTHING_LEAVES -> "the other end's window is open, yet this host cannot send: it has no route, or the"
                    + " device is down or full";
            case NO_ACKS -> "no acks: the cause is the network or the peer";
        };
        if (other.taken() > 0) {
            return sees + "; its process reads slowly (" + Bytes.text(other.taken()) + " meanwhile).";
        }
        if (other.root() != null) {
            String shows = other.root().finding().id();
            return sees + (shows.equals(UnreadStuck.ID)
                    ? "; its own row in this capture shows that it does not read (" + shows + ")."
                    : "; its own row in this capture shows " + shows + ".");
        }
        return sees
                + (send.isRefused() ? "; whether its process reads slowly or not at all is not in this capture." : ".");
    }

    private static String next(Track track, Send send, OtherEnd other) {
        if (send == Send.NOTHING_LEAVES) {
            return "Check the route to " + track.last().peer()
                    + " on this host, and the device: ip route get, ip -s link.";
        }
        if (other.row() != null) {
            return FindingPhrases.lookAtOwners(other.row(), "the peer");
        }
        return send.isRefused()
                ? "Look at the process at the other end, " + track.last().peer() + ": is it slow, or has it stopped?"
                : "Check whether " + track.last().peer() + " is reachable and alive.";
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sendQ", o.sendQ().kernelNumber());
        fields.put(TcpInfo.BYTES_ACKED.name(), o.tcp().acked());
        if (o.tcp().zeroWindow() != null) {
            fields.put("zeroWindow", o.tcp().zeroWindow());
        }
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
