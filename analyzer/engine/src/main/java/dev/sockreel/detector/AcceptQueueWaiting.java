package dev.sockreel.detector;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The same pending connections stay in a listener's queue throughout the window. For tcp these are connections that
 * were never accepted, grouped by listener. For unix they are the clients that UNIX_DIAG_ICONS names; without it, the
 * same connections cannot be distinguished from others.
 */
final class AcceptQueueWaiting implements Detector {
    static final String ID = "accept-queue-waiting";

    @Override
    public boolean follows(SocketRow row) {
        Set<Long> clients = row.socket().recvQ() instanceof Queue.PendingConnections q && q.connections() > 0
                ? row.pendingClients() : null;
        return (clients != null && !clients.isEmpty()) || Listeners.isUnaccepted(row.socket());
    }

    @Override
    public Optional<Finding> judge(Track track, DetectorContext context) {
        Window window = track.longest(o -> o.pendingClients() != null && !o.pendingClients().isEmpty());
        if (!window.reaches(context.thresholds())) {
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
        if (staying.isEmpty()) {
            return Optional.empty();
        }
        List<Evidence> evidence = window.observations().stream()
                .map(o -> evidence(o.snapshot(), o.time(), o.recvQ().kernelNumber()))
                .toList();
        return Optional.of(finding(track.last(), window, staying.size(), evidence));
    }

    @Override
    public boolean keeps(Track track, DetectorContext context) {
        return Listeners.isUnaccepted(track.last().socket())
                && NeverAccepted.window(track).reaches(context.thresholds());
    }

    @Override
    public List<Finding> conclude(List<Track> kept, List<Finding> found, DetectorContext context) {
        Map<SocketIdentity, List<Track>> byListener = new LinkedHashMap<>();
        Map<SocketIdentity, SocketRow> listeners = new LinkedHashMap<>();
        for (Track track : kept) {
            SocketRow listener = context.listeners().of(track.last());
            @Nullable SocketIdentity identity = listener == null ? null : listener.identity();
            if (listener != null && identity != null) {
                byListener.computeIfAbsent(identity, i -> new ArrayList<>()).add(track);
                listeners.put(identity, listener);
            }
        }
        List<Finding> all = new ArrayList<>();
        listeners.forEach((identity, listener) -> {
            List<Track> tracks = byListener.getOrDefault(identity, List.of());
            Window window = NeverAccepted.window(tracks.getFirst());
            all.add(finding(listener, window, tracks.size(), window.observations().stream()
                    .map(o -> evidence(o.snapshot(), o.time(), tracks.size()))
                    .toList()));
        });
        return all;
    }

    private static Evidence evidence(int snapshot, ReceiveTime time, long pending) {
        return new Evidence(snapshot, time, Map.of("pendingConnections", pending));
    }

    private static Finding finding(SocketRow listener, Window window, int staying, List<Evidence> evidence) {
        return new Finding(
                ID,
                Severity.INFO,
                Certainty.PROVED,
                listener,
                window.first().time(),
                window.last().time(),
                window.snapshots(),
                null,
                evidence,
                "%s waited for accept() %s.".formatted(
                        staying == 1 ? "The same connection" : "The same " + staying + " connections",
                        FindingPhrases.during(window)),
                FindingPhrases.lookAtOwners(listener));
    }
}
