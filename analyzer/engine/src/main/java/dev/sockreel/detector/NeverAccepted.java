package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.track.Found;
import dev.sockreel.track.Listeners;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A tcp connection stays established and without an inode: no process has accepted it. */
final class NeverAccepted implements Detector {
    static final String ID = "never-accepted";

    @Override
    public boolean follows(SocketRow row) {
        return Listeners.isUnaccepted(row.socket());
    }

    /** Returns the longest run of snapshots in which it waits for accept(). */
    static Window window(Track track) {
        return track.longest(o -> o.isUnaccepted() && o.unread() != Observation.UNKNOWN);
    }

    @Override
    public Optional<Found> judge(Track track, DetectorContext context) {
        Socket socket = track.last().socket();
        if (!Listeners.isUnaccepted(socket)) {
            return Optional.empty(); // it was accepted in the end
        }
        Window window = window(track);
        if (!context.isLongEnough(window)) {
            return Optional.empty();
        }
        Listeners.Choice choice = context.listeners().of(track.last(), window);
        SocketRow listener = choice.only();
        long unread = window.last().unread();
        String holds =
                unread == 0 ? "" : "; nobody can read the " + FindingPhrases.bytes(unread, unread, "") + " in it";
        return Draft.of(ID, track, window)
                .severity(Severity.WARNING)
                .certainty(Certainty.PROVED)
                .listeners(choice.rows())
                .evidence(o -> evidence(o, choice))
                .why("The connection is established, but no process accepted it%s %s%s.".formatted(
                        from(choice), FindingPhrases.during(window), holds))
                .next(listener != null ? FindingPhrases.lookAtOwners(listener, "the listener")
                        : choice.rows().isEmpty()
                                ? "Its listener is not in the capture: find out who listens on " + socket.local() + "."
                        : "Several listeners share the address; any of them may hold it: look at all.")
                .some();
    }

    private static String from(Listeners.Choice choice) {
        SocketRow only = choice.only();
        if (only != null) {
            return " from the listener " + only.socket().local();
        }
        return choice.rows().isEmpty() ? ""
                : " from one of the " + choice.rows().size() + " listeners on "
                        + choice.rows().getFirst().socket().local();
    }

    private static Evidence evidence(Observation o, Listeners.Choice choice) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("unread", o.unread());
        if (!choice.rows().isEmpty()) {
            fields.put("listener", String.valueOf(choice.rows().getFirst().socket().local()));
            fields.put("listeners", (long) choice.rows().size());
        }
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
