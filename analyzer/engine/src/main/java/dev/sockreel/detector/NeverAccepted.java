package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tcp connection stays established and without an inode: no process has accepted it. */
final class NeverAccepted implements Detector {
    static final String ID = "never-accepted";

    @Override
    public boolean follows(SocketRow row) {
        return Listeners.isUnaccepted(row.socket());
    }

    /** Returns the longest run of snapshots in which it waits for accept(). */
    static Window window(Track track) {
        return track.longest(o -> o.inode() == 0
                && (o.state() == TcpState.ESTABLISHED || o.state() == TcpState.CLOSE_WAIT)
                && o.unread() != Observation.UNKNOWN);
    }

    @Override
    public Optional<Finding> judge(Track track, DetectorContext context) {
        Socket socket = track.last().socket();
        if (!Listeners.isUnaccepted(socket)) {
            return Optional.empty(); // it was accepted in the end
        }
        Window window = window(track);
        if (!window.reaches(context.thresholds())) {
            return Optional.empty();
        }
        SocketRow listener = context.listeners().of(track.last());
        long unread = window.last().unread();
        String holds =
                unread == 0 ? "" : "; nobody can read the " + FindingPhrases.bytes(unread, unread, "") + " in it";
        return Optional.of(new Finding(
                ID,
                Severity.WARNING,
                Certainty.PROVED,
                track.last(),
                window.first().time(),
                window.last().time(),
                window.snapshots(),
                null,
                window.observations().stream().map(o -> evidence(o, listener)).toList(),
                "The connection is established, but no process accepted it%s %s%s.".formatted(
                        listener == null ? "" : " from the listener " + listener.socket().local(),
                        FindingPhrases.during(window), holds),
                listener == null
                        ? "Its listener is not in the capture: find out who listens on " + socket.local() + "."
                        : FindingPhrases.lookAtOwners(listener, "the listener")));
    }

    private static Evidence evidence(Observation o, @Nullable SocketRow listener) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("unread", o.unread());
        if (listener != null) {
            fields.put("listener", String.valueOf(listener.socket().local()));
        }
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
