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
    public Optional<Finding> judge(Track track, Scene scene) {
        Socket socket = track.last().socket();
        if (!Listeners.isUnaccepted(socket)) {
            return Optional.empty(); // it was accepted in the end
        }
        Window window = window(track);
        if (!window.reaches(scene.thresholds())) {
            return Optional.empty();
        }
        SocketRow listener = scene.listeners().of(track.last());
        long unread = window.last().unread();
        String holds =
                unread == 0 ? "" : "; " + FindingPhrases.bytes(unread, unread, "") + " it holds can be read by nobody";
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
                "The connection is established, but %s no process has accepted it%s%s.".formatted(
                        FindingPhrases.during(window),
                        listener == null ? "" : " from the listener " + listener.socket().local(), holds),
                listener == null
                        ? "Its listener is not in the capture: see who listens on " + socket.local() + "."
                        : FindingPhrases.lookAtOwners(listener)));
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
