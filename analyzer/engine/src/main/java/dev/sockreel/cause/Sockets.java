package dev.sockreel.cause;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Finding;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.track.Found;
import dev.sockreel.track.Track;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that show a cause, each counted once.
 *
 * @param at     the local end that they have in common, or their port; null for none
 * @param remote the other ends in short, to the number of sockets, the most frequent first
 * @param count  number of sockets
 * @param bytes  unread or unsent bytes in them; {@link Cause#UNKNOWN_BYTES} where these are not bytes
 */
record Sockets(@Nullable String at, Map<String, Integer> remote, int count, long bytes) {
    private static final int MAX_REMOTE = 10;

    static Sockets of(Group group) {
        IdentityHashMap<Track, Finding> each = new IdentityHashMap<>();
        List<Track> order = new ArrayList<>();
        for (Found f : counted(group)) {
            if (each.put(f.track(), f.finding()) == null) {
                order.add(f.track());
            }
        }
        List<SocketRow> rows = order.stream().map(t -> row(t, each)).toList();
        SocketRow responsible = group.responsible();
        boolean listens = responsible != null && responsible.socket().isListener();
        return new Sockets(listens && responsible != null ? text(responsible.socket().local()) : common(rows),
                remote(rows), rows.size(), bytes(group, rows));
    }

    private static SocketRow row(Track track, IdentityHashMap<Track, Finding> each) {
        Finding finding = each.get(track);
        return finding == null || finding.socket().socket().isListener() ? track.last() : finding.socket();
    }

    /** Returns the findings to count: a listener's connections where any are known, not the listener itself. */
    private static List<Found> counted(Group group) {
        List<Found> connections = group.own().stream()
                .filter(f -> f.finding().id().equals("never-accepted"))
                .toList();
        return connections.isEmpty() ? group.own() : connections;
    }

    private static @Nullable String common(List<SocketRow> rows) {
        Set<SocketAddress> locals = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (SocketRow row : rows) {
            SocketAddress local = row.socket().local();
            if (local == null) {
                return null;
            }
            locals.add(local);
            ports.add(local instanceof InetEndpoint end ? end.port() : 0);
        }
        if (locals.size() == 1) {
            return text(locals.iterator().next());
        }
        int port = ports.size() == 1 ? ports.iterator().next() : 0;
        return port == 0 ? null : ":" + port;
    }

    private static @Nullable String text(@Nullable SocketAddress address) {
        return address == null ? null : address.toString();
    }

    private static Map<String, Integer> remote(List<SocketRow> rows) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (SocketRow row : rows) {
            SocketAddress peer = row.socket().isListener() ? null : row.peer();
            if (peer != null && (peer.hasPort() || !(peer instanceof InetEndpoint))) {
                counts.merge(withoutEphemeralPort(row, peer), 1, Integer::sum);
            }
        }
        Map<String, Integer> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MAX_REMOTE)
                .forEach(e -> most.put(e.getKey(), e.getValue()));
        return most;
    }

    /** A client's port tells nothing; a server's does. */
    private static String withoutEphemeralPort(SocketRow row, SocketAddress peer) {
        boolean serves = row.socket().local() instanceof InetEndpoint local && peer instanceof InetEndpoint client
                && local.port() < client.port();
        return serves && peer instanceof InetEndpoint client
                ? AddressText.host(client) : peer.toString();
    }

    private static long bytes(Group group, List<SocketRow> rows) {
        boolean sends = switch (group.key().what()) {
            case PEER_TAKES_NO_MORE, NO_ACKS -> true;
            default -> false;
        };
        long sum = 0;
        boolean known = false;
        for (SocketRow row : rows) {
            OptionalLong here = sends && row.socket().sendQ() instanceof Queue.SequenceBytes q
                    ? OptionalLong.of(q.bytes()) : row.socket().unread();
            known |= here.isPresent();
            sum += here.orElse(0);
        }
        return known ? sum : Cause.UNKNOWN_BYTES;
    }
}
