package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.track.Found;
import dev.sockreel.track.Listeners;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The same pending connections stay in a listener's queue throughout the window, whether they are accepted later, given
 * up, or neither. For tcp these are connections without an inode, grouped by listener. For unix they are the clients
 * that UNIX_DIAG_ICONS names; without it, the same connections cannot be distinguished from others.
 */
final class AcceptQueueWaiting implements Detector {
    static final String ID = "accept-queue-waiting";

    /** Connections of one listener that waited. */
    private record Queued(Track track, Window window) {}

    @Override
    public boolean follows(SocketRow row) {
        Set<Long> clients = row.socket().recvQ() instanceof Queue.PendingConnections q && q.connections() > 0
                ? row.pendingClients() : null;
        return (clients != null && !clients.isEmpty()) || Listeners.isUnaccepted(row.socket());
    }

    @Override
    public Optional<Found> judge(Track track, DetectorContext context) {
        Window window = track.longest(o -> o.pendingClients() != null && !o.pendingClients().isEmpty());
        if (!context.isLongEnough(window)) {
            return Optional.empty();
        }
        Set<Long> staying = new HashSet<>();
        boolean first = true;
        for (Observation o : window.observations()) {
            Set<Long> clients = o.pendingClients() == null ? Set.of() : o.pendingClients();
            if (first) {
                staying.addAll(clients);
            } else {
                staying.retainAll(clients);
            }
            first = false;
        }
        return staying.isEmpty() ? Optional.empty()
                : Optional.of(found(track.rowAt(window), track, window, staying.size(),
                        o -> evidence(o, o.recvQ().kernelNumber())));
    }

    @Override
    public boolean keeps(Track track, DetectorContext context) {
        return context.isLongEnough(NeverAccepted.window(track));
    }

    @Override
    public List<Found> conclude(List<Track> kept, List<Found> found, DetectorContext context) {
        Map<SocketIdentity, List<Queued>> byListener = new LinkedHashMap<>();
        Map<SocketIdentity, SocketRow> listeners = new LinkedHashMap<>();
        for (Track track : kept) {
            Window window = NeverAccepted.window(track);
            SocketRow listener = context.listeners().of(track.last(), window).only();
            SocketIdentity identity = listener == null ? null : listener.identity();
            if (listener != null && identity != null) {
                byListener.computeIfAbsent(identity, i -> new ArrayList<>()).add(new Queued(track, window));
                listeners.put(identity, listener);
            }
        }
        List<Found> all = new ArrayList<>();
        byListener.forEach((identity, queued) -> {
            SocketRow listener = listeners.get(identity);
            Queued oldest = Collections.min(queued, Comparator.comparingLong(q -> q.window().first().turn()));
            if (listener != null) {
                all.add(found(listener, oldest.track(), oldest.window(), queued.size(),
                        o -> evidence(o, queued.size())));
            }
        });
        return all;
    }

    private static Evidence evidence(Observation o, long pending) {
        return new Evidence(o.snapshot(), o.time(), Map.of("pendingConnections", pending));
    }

    private static Found found(SocketRow listener, Track track, Window window, int staying,
            Function<Observation, Evidence> evidence) {
        return Draft.of(ID, track, window)
                .socket(listener)
                .severity(Severity.INFO)
                .certainty(Certainty.PROVED)
                .listeners(List.of(listener))
                .evidence(evidence)
                .why("%s waited for accept() %s.".formatted(
                        staying == 1 ? "The same connection" : "The same " + staying + " connections",
                        FindingPhrases.during(window)))
                .next(FindingPhrases.lookAtOwners(listener, "the listener"))
                .found();
    }
}
