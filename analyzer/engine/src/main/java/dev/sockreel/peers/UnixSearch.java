package dev.sockreel.peers;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hands each unix row of a snapshot to the {@link UnixPeers} that it may concern, by its inodes and its name. */
final class UnixSearch {
    private final Snapshot snapshot;
    private final List<UnixPeers> all = new ArrayList<>();
    /** Inode of a row → who looks for it; made anew for the second walk. */
    private final Map<Long, Collection<UnixPeers>> byInode = new HashMap<>();
    /** Inode of a row's peer → the socket that it is. */
    private final Map<Long, Collection<UnixPeers>> byPeerInode = new HashMap<>();
    /** Names that are looked for: in the first walk those of listeners, in the second names of connections. */
    private final Map<SocketAddress, Collection<UnixPeers>> byName = new HashMap<>();

    UnixSearch(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    UnixPeers add(SocketRow own) {
        UnixPeers peers = new UnixPeers(snapshot, own);
        Socket s = own.socket();
        SocketAddress name = s.local();
        if (s.isListener() && name != null) {
            put(byName, name, peers);
        }
        put(byPeerInode, s.inode(), peers);
        all.add(peers);
        want(peers);
        return peers;
    }

    private void want(UnixPeers peers) {
        peers.wanted().forEach(inode -> put(byInode, inode, peers));
    }

    private static <K> void put(Map<K, Collection<UnixPeers>> map, K key, UnixPeers peers) {
        map.computeIfAbsent(key, k -> new LinkedHashSet<>(2)).add(peers);
    }

    void nearest(SocketRow row) {
        if (all.isEmpty()) {
            return;
        }
        Socket s = row.socket();
        keep(s, row);
        if (s.isListener()) {
            Set<Long> clients = row.pendingClients();
            all.forEach(p -> p.queue(row, clients));
        } else {
            named(s).forEach(p -> p.connection(row));
        }
        if (s.peerInode() > 0) {
            byPeerInode.getOrDefault(s.peerInode(), List.of()).forEach(p -> p.sender(row));
        }
    }

    void nextWalk() {
        byInode.clear();
        byName.clear();
        for (UnixPeers peers : all) {
            peers.nextWalk();
            want(peers);
            peers.listenerNames().forEach(name -> put(byName, name, peers));
        }
    }

    void farther(SocketRow row) {
        Socket s = row.socket();
        keep(s, row);
        if (s.isListener()) {
            named(s).forEach(p -> p.listener(row));
        }
    }

    private void keep(Socket s, SocketRow row) {
        byInode.getOrDefault(s.inode(), List.of()).forEach(p -> p.keep(row));
    }

    private Collection<UnixPeers> named(Socket s) {
        SocketAddress name = byName.isEmpty() ? null : s.local();
        return name == null ? List.of() : byName.getOrDefault(name, List.of());
    }
}
