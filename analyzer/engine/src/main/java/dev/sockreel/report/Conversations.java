package dev.sockreel.report;

import dev.sockreel.peers.Conversation;
import dev.sockreel.peers.OtherEnd;
import dev.sockreel.peers.Peers;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The peers of the sockets with findings, each in the snapshot of its row. */
final class Conversations {
    private final Map<SocketIdentity, SocketRow> open = new LinkedHashMap<>();
    private final Map<SocketIdentity, Conversation> known = new LinkedHashMap<>();

    /**
     * Starts the search.
     *
     * @param found sockets with findings, the worst first
     * @param max   how many of them are looked at
     */
    Conversations(List<SocketRow> found, int max) {
        for (SocketRow row : found) {
            SocketIdentity identity = row.identity();
            if (identity != null && open.size() < max) {
                open.putIfAbsent(identity, row);
            }
        }
    }

    void add(Snapshot snapshot) {
        List<SocketIdentity> here = open.entrySet().stream()
                .filter(e -> isOf(snapshot, e.getKey(), e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (here.isEmpty()) {
            return;
        }
        List<Conversation> found =
                Peers.of(snapshot, here.stream().map(identity -> Objects.requireNonNull(open.get(identity))).toList());
        for (int i = 0; i < found.size(); i++) {
            known.put(here.get(i), found.get(i));
        }
        open.keySet().removeAll(here);
    }

    /** Returns whether all peers are known, so that later snapshots add nothing. */
    boolean isDone() {
        return open.isEmpty();
    }

    private static boolean isOf(Snapshot snapshot, SocketIdentity identity, SocketRow row) {
        if (snapshot.index() != row.snapshot() || !snapshot.boot().equals(identity.boot())) {
            return false;
        }
        boolean timed = row.time().isKnown() && snapshot.begin().isKnown() && snapshot.end() != null;
        return !timed
                || (!row.time().isBefore(snapshot.begin())
                        && !Objects.requireNonNull(snapshot.end()).isBefore(row.time()));
    }

    Map<SocketIdentity, Conversation> known() {
        return known;
    }

    /** Returns the other ends that are listed, in the order of the given sockets. */
    List<SocketRow> others() {
        List<SocketRow> others = new ArrayList<>();
        for (Conversation c : known.values()) {
            add(others, c.otherEnd());
            c.waiting().forEach(w -> {
                if (w.own() != null) {
                    others.add(w.own());
                }
                add(others, w.client());
            });
        }
        return others;
    }

    private static void add(List<SocketRow> others, OtherEnd end) {
        if (end.row() != null) {
            others.add(end.row());
        }
    }
}
