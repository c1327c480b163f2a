package dev.sockreel.snapshot;

import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.sockdiag.Socket;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that a snapshot lists, by cookie, and what the absence of one means: the part of a snapshot that is kept
 * to judge others. About 50 bytes a socket.
 */
public final class SnapshotCookies {
    public static final SnapshotCookies NONE = new SnapshotCookies("", Map.of(), Map.of(), Set.of());

    private final String boot;
    /** The dumps by {@link Snapshot#netnsIdentity}. */
    private final Map<Long, List<DumpCookies>> listings;
    /** The dumps by inode of their namespace. */
    private final Map<Long, List<DumpScope>> scopes;
    /** Paths of complete texts of /proc/net that stand in for a dump. */
    private final Set<String> texts;

    private SnapshotCookies(
            String boot, Map<Long, List<DumpCookies>> listings, Map<Long, List<DumpScope>> scopes, Set<String> texts) {
        this.boot = boot;
        this.listings = listings;
        this.scopes = scopes;
        this.texts = texts;
    }

    public static SnapshotCookies of(Snapshot snapshot) {
        return new SnapshotCookies(
                snapshot.boot(),
                snapshot.dumps().stream()
                        .map(d -> DumpCookies.of(snapshot, d))
                        .collect(Collectors.groupingBy(d -> d.scope().netns())),
                DumpScope.byNetns(snapshot),
                snapshot.procFiles().stream()
                        .filter(f -> f.isComplete() && ProcSockets.standsIn(snapshot, f))
                        .map(ProcFile::path)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    public boolean has(SocketIdentity socket) {
        return anyOf(socket, l -> l.has(socket.cookie()));
    }

    /** Returns whether the socket existed although this snapshot does not list it: earlier and later ones do. */
    private boolean missed(@Nullable SocketIdentity socket) {
        return socket != null && anyOf(socket, l -> l.returned().has(socket.cookie()));
    }

    private boolean anyOf(SocketIdentity socket, Predicate<DumpCookies> fits) {
        return isOfBoot(socket) && listings.getOrDefault(socket.netns(), List.of()).stream().anyMatch(fits);
    }

    /** Returns whether this snapshot is of the boot in which that socket lives. */
    public boolean isOfBoot(SocketIdentity socket) {
        return boot.equals(socket.boot());
    }

    /**
     * Judges a socket that is missing from this snapshot.
     *
     * @param row as another snapshot of the same boot listed it; it must not be in this one
     */
    public Absence absence(SocketRow row) {
        Socket socket = row.socket();
        if (socket.cookie() == Socket.NO_COOKIE) {
            return texts.stream().anyMatch(path -> ProcNet.lists(path, socket)) ? Absence.GONE : Absence.NOT_OBSERVED;
        }
        if (missed(row.identity())) {
            return Absence.NOT_OBSERVED;
        }
        return best(row).map(DumpScope::verdict).map(SnapshotCookies::absence).orElse(Absence.NOT_OBSERVED);
    }

    private static Absence absence(DumpVerdict verdict) {
        return switch (verdict) {
            case COMPLETE -> Absence.GONE;
            case INCONSISTENT, INTERRUPTED -> Absence.DOUBTFUL;
            default -> Absence.NOT_OBSERVED;
        };
    }

    /** Returns the best of the dumps that would list the socket; empty when none would. */
    public Optional<DumpScope> best(SocketRow row) {
        return scopes.getOrDefault(row.netns(), List.of()).stream().filter(s -> s.covers(row))
                .min(Comparator.comparing(DumpScope::verdict));
    }
}
