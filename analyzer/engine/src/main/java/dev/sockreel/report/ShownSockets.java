package dev.sockreel.report;

import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.HistoryRun;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.peers.Conversation;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sockets that a report shows, followed through all snapshots. */
final class ShownSockets {
    private record Shown(SocketRow row, boolean found, QueueHistory history) {}

    private final Map<SocketIdentity, Shown> shown = new LinkedHashMap<>();
    private final Map<SocketIdentity, Conversation> talks;
    private final HistoryRun run;
    private final boolean everything;

    /**
     * Chooses the sockets.
     *
     * @param found  sockets with findings, the worst first
     * @param talks  peers of some of them
     * @param sample other sockets worth showing, the best first
     */
    ShownSockets(ReportLimits limits, List<SocketRow> found, Conversations talks, List<SocketRow> sample) {
        this.talks = talks.known();
        add(limits, found, true);
        add(limits, talks.others(), true);
        everything = add(limits, sample, false);
        run = HistoryRun.lastOf(shown.values().stream().map(Shown::row).toList());
    }

    /** Adds sockets; returns whether there was room for all. */
    private boolean add(ReportLimits limits, List<SocketRow> rows, boolean found) {
        for (SocketRow row : rows) {
            SocketIdentity identity = row.identity();
            if (identity != null && !shown.containsKey(identity)) {
                if (shown.size() >= limits.sockets()) {
                    return false;
                }
                int points = found ? limits.pointsOfFound() : limits.pointsOfOther();
                shown.put(identity, new Shown(row, found, new QueueHistory(points)));
            }
        }
        return true;
    }

    void add(Snapshot snapshot) {
        run.add(snapshot);
        shown.forEach((identity, socket) -> {
            HistoryPoint now = run.now(identity);
            if (now != null) {
                socket.history().add(now);
            }
        });
    }

    /** Returns the sockets, those with findings first. */
    List<ReportSocket> sockets() {
        Map<SocketIdentity, SocketRow> last = new HashMap<>();
        for (SocketHistory history : run.finish()) {
            last.put(history.identity(), history.last());
        }
        return shown.entrySet().stream()
                .filter(e -> last.containsKey(e.getKey()))
                .map(e -> new ReportSocket(
                        last.getOrDefault(e.getKey(), e.getValue().row()), e.getValue().history().stretches(),
                        e.getValue().found(), talks.get(e.getKey())))
                .toList();
    }

    /** Returns whether all requested sockets are shown. */
    boolean isEverything() {
        return everything;
    }
}
