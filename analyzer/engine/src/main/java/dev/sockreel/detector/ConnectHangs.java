package dev.sockreel.detector;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import dev.sockreel.wording.Counted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tcp connect gets no answer: the socket stays in SYN-SENT throughout the window and has sent its SYN again. The
 * address is dead, a firewall drops, or the listener's queue is full.
 */
final class ConnectHangs implements Detector {
    static final String ID = "connect-hangs";

    @Override
    public boolean follows(SocketRow row) {
        return row.socket().protocol() == InetProtocol.IPPROTO_TCP
                && row.socket().stateNumber() == TcpState.SYN_SENT;
    }

    @Override
    public Optional<Found> judge(Track track, DetectorContext context) {
        Window window = track.longest(o -> o.state() == TcpState.SYN_SENT);
        if (!context.isLongEnough(window) || window.last().retransmits() <= 0) {
            return Optional.empty();
        }
        SocketRow row = track.rowAt(window);
        boolean inConnect = window.observations().stream().anyMatch(o -> o.calls().dialing());
        SocketRow full = fullListener(row, window, context);
        String where = String.valueOf(row.socket().peer());
        return Draft.of(ID, track, window)
                .severity(inConnect ? Severity.CRITICAL : Severity.WARNING)
                .certainty(Certainty.PROVED)
                .listeners(full == null ? List.of() : List.of(full))
                .evidence(ConnectHangs::evidence)
                .why("The connect to %s had no answer %s: the SYN was sent again %s%s%s.".formatted(
                        where, FindingPhrases.during(window),
                        Counted.of(window.last().retransmits(), "time"),
                        full == null ? "" : ", and the listener there has a full queue",
                        inConnect ? "; a thread waits in connect()" : ""))
                .next(full == null
                        ? "Check whether " + where + " is reachable, alive and listening, and what drops its packets."
                        : FindingPhrases.lookAtOwners(full, "the listener"))
                .some();
    }

    /** Returns the listener that the connect goes to, if this capture has it and its queue is full; else null. */
    private static @Nullable SocketRow fullListener(SocketRow row, Window window, DetectorContext context) {
        if (!(row.socket().peer() instanceof InetEndpoint peer)) {
            return null;
        }
        return context.listeners().at(row.netns(), peer, window).rows().stream()
                .filter(l -> l.socket().recvQ() instanceof Queue.PendingConnections pending
                        && l.socket().sendQ() instanceof Queue.BacklogLimit limit
                        && pending.connections() >= limit.connections())
                .findFirst()
                .orElse(null);
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(InetDiagMsg.RETRANS.name(), o.retransmits());
        if (o.calls().known()) {
            fields.put("inConnect", o.calls().dialing());
        }
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
