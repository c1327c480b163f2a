package dev.sockreel.cause;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.finding.What;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.OtherEnds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Joins findings to groups that one cause explains. */
final class Grouping {
    private final Kinds kinds;
    private final OtherEnds otherEnds;
    private final Map<CauseKey, Group> groups = new LinkedHashMap<>();

    private Grouping(List<Found> all, OtherEnds otherEnds) {
        this.kinds = new Kinds(all);
        this.otherEnds = otherEnds;
    }

    static List<Group> of(List<Found> all, OtherEnds otherEnds) {
        Grouping grouping = new Grouping(all, otherEnds);
        all.forEach(grouping::add);
        grouping.joinWaitingListeners();
        grouping.joinClosing();
        return List.copyOf(grouping.groups.values());
    }

    private void add(Found found) {
        What what = kinds.of(found);
        Responsible responsible = Responsible.of(found, otherEnds);
        CauseKey key = key(found, what, responsible);
        groups.computeIfAbsent(key, k -> new Group(k, responsible)).add(found, responsible);
    }

    private static CauseKey key(Found found, What what, Responsible responsible) {
        SocketRow own = found.finding().socket();
        SocketRow row = responsible.row();
        long netns = row == null ? own.netns() : row.netns();
        Set<Integer> who = responsible.pids();
        return switch (what) {
            case PEER_TAKES_NO_MORE, NO_ACKS, CONNECT_HANGS ->
                new CauseKey(what, netns, who, who.isEmpty() ? remotePlace(own) : "");
            case NOT_ACCEPTING, DROPS -> new CauseKey(what, netns, who, place(row == null ? own : row));
            case WAITING -> new CauseKey(what, netns, who, listens(found) || who.isEmpty()
                    ? place(row == null ? own : row) : "");
            default -> new CauseKey(what, netns, who, who.isEmpty() ? place(own) : "");
        };
    }

    private static boolean listens(Found found) {
        return !found.listeners().isEmpty() || found.finding().socket().socket().isListener();
    }

    private static String place(SocketRow row) {
        SocketAddress local = row.socket().local();
        return local == null ? "inode " + row.socket().inode() : local.toString();
    }

    /** Clients of one server share its port, however many they are; a client shares its server's address. */
    private static String remotePlace(SocketRow row) {
        boolean serves = row.socket().local() instanceof InetEndpoint local
                && row.socket().peer() instanceof InetEndpoint peer
                && local.port() < peer.port();
        return serves ? "clients of " + place(row) : "server " + row.peer();
    }

    /** Connections that wait for a listener, that it never accepts or that it drops, are one cause. */
    private void joinWaitingListeners() {
        for (Group waiting : List.copyOf(groups.values())) {
            CauseKey k = waiting.key();
            Group accepting = k.what() != What.WAITING && k.what() != What.DROPS ? null
                    : groups.get(new CauseKey(What.NOT_ACCEPTING, k.netns(), k.who(), k.place()));
            if (accepting != null && waiting.concernsListener()) {
                accepting.take(waiting);
                groups.remove(k);
            }
        }
    }

    /** A process that neither reads nor closes has one cause. */
    private void joinClosing() {
        for (Group closing : List.copyOf(groups.values())) {
            CauseKey k = closing.key();
            Group reading = k.what() != What.NOT_CLOSING || k.who().isEmpty() ? null
                    : groups.get(new CauseKey(What.NOT_READING, k.netns(), k.who(), k.place()));
            if (reading != null) {
                reading.take(closing);
                groups.remove(k);
            }
        }
    }
}
