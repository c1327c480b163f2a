package dev.sockreel.peers;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.VsockAddress;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds who talks to whom in one snapshot. Each socket is looked at once and found by its addresses or its inode, so that the
 * work grows with the number of sockets. The recorder's own sockets are left out, and so are connections that nobody
 * will use again: TIME-WAIT, and a unix socket whose other end was closed.
 */
public final class ProcessPairs {
    private record Place(long netns, Ends ends) {}

    /** The properties that the connections of one line share. */
    private record Line(long netns, @Nullable String netnsName, String netid, Party client,
            @Nullable String clientAddress, Party server, @Nullable String serverAddress) {}

    private static final class Sum {
        int connections;
        int notAccepted;
        @Nullable
        Long toServer;
        @Nullable
        Long toClient;

        static @Nullable Long plus(@Nullable Long one, @Nullable Long other) {
            return one == null ? other : other == null ? one : Long.valueOf(one + other);
        }
    }

    private final PairListeners listeners = new PairListeners();
    private final List<PairEnd> all = new ArrayList<>();
    private final Map<Place, PairEnd> byPlace = new HashMap<>();
    /** Ends by address alone, for those in another namespace: a loopback address is none. */
    private final Map<Ends, PairEnd> byEnds = new HashMap<>();
    private final Map<Long, PairEnd> byInode = new HashMap<>();
    private final Map<Line, Sum> lines = new LinkedHashMap<>();

    private ProcessPairs() {}

    /**
     * Returns the pairs, those with the most waiting bytes first, then those with the most connections.
     *
     * @param among an end of each pair is one of these
     */
    public static List<ProcessPair> of(Snapshot snapshot, Predicate<SocketRow> among) {
        ProcessPairs run = new ProcessPairs();
        run.read(snapshot, among);
        run.all.forEach(run::join);
        return run.sorted();
    }

    private void read(Snapshot snapshot, Predicate<SocketRow> among) {
        new SnapshotSockets(snapshot).forEach(row -> {
            listeners.add(row);
            PairEnd end = row.isRecorders() ? null : PairEnd.of(row, among.test(row));
            if (end == null) {
                return;
            }
            all.add(end);
            Ends ends = end.ends;
            if (ends == null) {
                byInode.putIfAbsent(end.inode, end);
                return;
            }
            byPlace.putIfAbsent(new Place(end.netns, ends), end);
            if (!ends.local().isLoopback()) {
                byEnds.putIfAbsent(ends, end);
            }
        });
    }

    private void join(PairEnd end) {
        Ends ends = end.ends;
        if (end.isPaired) {
            return;
        }
        if (ends == null) {
            joinUnix(end);
        } else {
            joinAddresses(end, ends);
        }
    }

    private void joinAddresses(PairEnd end, Ends ends) {
        Ends otherWay = ends.otherWay();
        PairEnd other = byPlace.get(new Place(end.netns, otherWay));
        other = other == null ? byEnds.get(otherWay) : other;
        if (other == null || other == end || other.isPaired) {
            alone(end, ends);
            return;
        }
        end.isPaired = true;
        other.isPaired = true;
        boolean isServer = isServer(end, ends, other);
        PairEnd server = isServer ? end : other;
        PairEnd client = isServer ? other : end;
        add(new Line(server.netns, server.netnsName, server.netid, client.holder, null, acceptor(server),
                AddressText.of(isServer ? ends.local() : ends.peer())), client, server, server.isUnaccepted);
    }

    private boolean isServer(PairEnd end, Ends ends, PairEnd other) {
        boolean listens = listeners.at(end.netns, end.netid, ends.local()) != null;
        boolean otherListens = listeners.at(other.netns, other.netid, ends.peer()) != null;
        return listens != otherListens ? listens : port(ends.local()) < port(ends.peer());
    }

    private static long port(SocketAddress address) {
        return switch (address) {
            case InetEndpoint inet -> inet.port();
            case VsockAddress vsock -> vsock.port();
            default -> Long.MAX_VALUE;
        };
    }

    /** Returns who holds the server's end, or who is to accept it. */
    private Party acceptor(PairEnd server) {
        Ends ends = server.ends;
        PairListeners.Listener listener = server.isUnaccepted && ends != null
                ? listeners.at(server.netns, server.netid, ends.local()) : null;
        return listener == null ? server.holder : listener.party();
    }

    /** Adds an end whose other end the snapshot does not list. */
    private void alone(PairEnd end, Ends ends) {
        if (listeners.at(end.netns, end.netid, ends.local()) != null) {
            add(new Line(end.netns, end.netnsName, end.netid, Party.NOT_LISTED, AddressText.host(ends.peer()),
                    acceptor(end), AddressText.of(ends.local())), null, end, end.isUnaccepted);
            return;
        }
        PairListeners.Listener awaited = listeners.at(end.netns, end.netid, ends.peer());
        add(new Line(end.netns, end.netnsName, end.netid, end.holder, null,
                awaited == null ? Party.NOT_LISTED : awaited.party(), AddressText.of(ends.peer())), end, null,
                awaited != null);
    }

    private void joinUnix(PairEnd end) {
        PairEnd other = end.peerInode > 0 ? byInode.get(end.peerInode) : null;
        if (other == null) {
            PairListeners.Listener awaited = listeners.awaitedBy(end.inode);
            boolean isClosed = awaited == null && end.peerInode == 0 && listeners.areQueuesKnown();
            if (!isClosed) {
                add(new Line(end.netns, end.netnsName, end.netid, end.holder, null,
                        awaited == null ? Party.NOT_LISTED : awaited.party(),
                        awaited == null ? null : awaited.name()), end, null, awaited != null);
            }
            return;
        }
        boolean isMutual = other.peerInode == end.inode;
        other.isPaired |= isMutual;
        boolean isServer = isMutual && end.name != null && other.name == null;
        PairEnd server = isServer ? end : other;
        PairEnd client = isServer ? other : end;
        add(new Line(server.netns, server.netnsName, server.netid, client.holder, null, server.holder, server.name),
                client, isMutual ? server : null, false);
    }

    /** @param server null also where its queue is not this connection's alone */
    private void add(Line line, @Nullable PairEnd client, @Nullable PairEnd server, boolean notAccepted) {
        if (!(client != null && client.isChosen) && !(server != null && server.isChosen)) {
            return;
        }
        Sum sum = lines.computeIfAbsent(line, l -> new Sum());
        sum.connections++;
        sum.notAccepted += notAccepted ? 1 : 0;
        sum.toServer = Sum.plus(sum.toServer, PairEnd.waiting(client, server));
        sum.toClient = Sum.plus(sum.toClient, PairEnd.waiting(server, client));
    }

    private List<ProcessPair> sorted() {
        List<ProcessPair> pairs = new ArrayList<>(lines.size());
        lines.forEach((l, s) -> pairs.add(new ProcessPair(l.netns(), l.netnsName(), l.netid(), l.client(),
                l.clientAddress(), l.server(), l.serverAddress(), s.connections, s.notAccepted, s.toServer,
                s.toClient)));
        pairs.sort(
                Comparator.comparingLong(ProcessPair::waiting).thenComparingInt(ProcessPair::connections).reversed());
        return pairs;
    }
}
