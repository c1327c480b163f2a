package dev.sockreel.track;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.peers.Ends;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The other ends of followed sockets: connections by their two addresses the other way round, unix sockets by inode.
 * They are followed too, so that it is known who waits, and for how long.
 */
public final class OtherEnds {
    /** Other ends that are followed of one socket; a datagram socket can have thousands of senders. */
    private static final int MAX_EACH = 1000;

    /** What is looked for on behalf of one socket. */
    private static final class Wanted {
        private @Nullable Ends ends;
        private final Set<Long> inodes = new HashSet<>();
        private final Set<Long> peerInodes = new HashSet<>();
    }

    private final Map<SocketIdentity, Wanted> wanted = new HashMap<>();
    private final Map<Ends, Set<SocketIdentity>> byEnds = new HashMap<>();
    private final Map<Integer, Integer> ports = new HashMap<>();
    private Map<Integer, Long> newPorts = new HashMap<>();
    private final Map<Long, Set<SocketIdentity>> byInode = new HashMap<>();
    private final Map<Long, Set<SocketIdentity>> byPeerInode = new HashMap<>();
    private final Map<SocketIdentity, Set<Track>> tracks = new HashMap<>();

    /**
     * Looks for the other ends of a socket from now on.
     *
     * @param place where the row stands in the walk over its snapshot: later rows have higher ones
     */
    public void want(SocketRow row, SocketIdentity identity, long place) {
        Wanted mine = wanted.computeIfAbsent(identity, i -> new Wanted());
        if (row.socket().family() == Family.AF_UNIX) {
            wantUnix(row, identity, mine);
        } else if (mine.ends == null) {
            Ends ends = Ends.of(row.socket());
            if (ends != null) {
                Ends other = ends.otherWay();
                mine.ends = other;
                byEnds.computeIfAbsent(other, e -> new HashSet<>()).add(identity);
                ports.merge(other.ports(), 1, Integer::sum);
                newPorts.merge(other.ports(), place, Math::min);
            }
        }
    }

    private void wantUnix(SocketRow row, SocketIdentity identity, Wanted mine) {
        Socket s = row.socket();
        if (s.peerInode() > 0 && mine.inodes.add(s.peerInode())) {
            byInode.computeIfAbsent(s.peerInode(), i -> new HashSet<>()).add(identity);
        }
        if (s.inode() > 0 && mine.peerInodes.add(s.inode())) {
            byPeerInode.computeIfAbsent(s.inode(), i -> new HashSet<>()).add(identity);
        }
        Set<Long> clients = row.pendingClients();
        if (clients != null) {
            for (long client : clients) {
                if (mine.inodes.size() < MAX_EACH && mine.inodes.add(client)) {
                    byInode.computeIfAbsent(client, i -> new HashSet<>()).add(identity);
                }
            }
        }
    }

    /**
     * Returns the pairs of ports, as of {@link Socket#portPair}, that are looked for since the last call, and the place
     * of the first socket on whose behalf.
     */
    public Map<Integer, Long> takeNewPorts() {
        Map<Integer, Long> taken = newPorts;
        newPorts = new HashMap<>();
        return taken;
    }

    /** Stops looking for the other ends of a socket; those found so far are kept if they are needed still. */
    public void forget(SocketIdentity identity, boolean keepFound) {
        Wanted mine = wanted.remove(identity);
        if (mine != null) {
            Ends ends = mine.ends;
            if (ends != null) {
                remove(byEnds, ends, identity);
                ports.computeIfPresent(ends.ports(), (p, n) -> n == 1 ? null : n - 1);
            }
            mine.inodes.forEach(i -> remove(byInode, i, identity));
            mine.peerInodes.forEach(i -> remove(byPeerInode, i, identity));
        }
        if (!keepFound) {
            tracks.remove(identity);
        }
    }

    private static <K> void remove(Map<K, Set<SocketIdentity>> map, K key, SocketIdentity identity) {
        Set<SocketIdentity> all = map.get(key);
        if (all != null) {
            all.remove(identity);
            if (all.isEmpty()) {
                map.remove(key);
            }
        }
    }

    /** Returns the sockets whose other end this row is; empty for none. */
    public Set<SocketIdentity> othersOf(SocketRow row) {
        Socket s = row.socket();
        if (s.family() == Family.AF_UNIX) {
            return byInode.isEmpty() && byPeerInode.isEmpty() ? Set.of() : unixOthers(s);
        }
        if (byEnds.isEmpty() || !ports.containsKey(s.portPair())) {
            return Set.of();
        }
        Ends ends = Ends.of(s);
        Set<SocketIdentity> found = ends == null ? null : byEnds.get(ends);
        if (found == null || ends == null) {
            return Set.of();
        }
        // a loopback address belongs to one namespace; others may lead from one to another
        return !ends.local().isLoopback() && !ends.peer().isLoopback() ? found
                : sameNamespace(found, row);
    }

    private static Set<SocketIdentity> sameNamespace(Set<SocketIdentity> found, SocketRow row) {
        SocketIdentity own = row.identity();
        return own == null ? Set.of() : found.stream()
                .filter(i -> i.netns() == own.netns())
                .collect(Collectors.toSet());
    }

    private Set<SocketIdentity> unixOthers(Socket s) {
        Set<SocketIdentity> named = byInode.get(s.inode());
        Set<SocketIdentity> naming = s.peerInode() > 0 ? byPeerInode.get(s.peerInode()) : null;
        if (named == null || naming == null) {
            return named != null ? named : naming != null ? naming : Set.of();
        }
        Set<SocketIdentity> both = new HashSet<>(named);
        both.addAll(naming);
        return both;
    }

    /** Notes that a track is the other end of these sockets. */
    public void tie(Set<SocketIdentity> others, Track track) {
        for (SocketIdentity other : others) {
            Set<Track> known = tracks.computeIfAbsent(other, i -> new LinkedHashSet<>());
            if (known.size() < MAX_EACH) {
                known.add(track);
            }
        }
    }

    /** Returns the other ends found of a socket, those first that were found first. */
    public List<Track> of(@Nullable SocketIdentity identity) {
        Set<Track> found = identity == null ? null : tracks.get(identity);
        return found == null ? List.of() : List.copyOf(found);
    }
}
