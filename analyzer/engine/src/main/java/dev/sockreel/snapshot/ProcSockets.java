package dev.sockreel.snapshot;

import dev.sockreel.procnet.ProcNet;
import dev.sockreel.sockdiag.DumpRequest;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The sockets of a snapshot that are known only from /proc/net: those of families that no dump could show, and of
 * tables that sock_diag has no handler for (ping sockets).
 */
final class ProcSockets {
    private record Place(int netns, String path) {}

    private final Snapshot snapshot;
    private final Collection<ProcFile> files;

    ProcSockets(Snapshot snapshot, Predicate<DumpRequest> which) {
        this.snapshot = snapshot;
        Map<Place, ProcFile> last = new LinkedHashMap<>();
        snapshot.procFiles().stream()
                .filter(f -> f.errno() == 0 && standsIn(snapshot, f))
                .filter(f -> which.test(request(f)))
                // a table read before and after the dumps: take the later text, so that each socket is one row
                .forEach(f -> last.put(new Place(f.netns(), f.path()), f));
        this.files = last.values();
    }

    private static DumpRequest request(ProcFile file) {
        String family = ProcNet.family(file.path());
        return DumpRequest.ofFamilyId(family == null ? "" : family);
    }

    /** Returns whether this text is all that the snapshot has of its sockets. */
    static boolean standsIn(Snapshot snapshot, ProcFile file) {
        String family = ProcNet.family(file.path());
        if (family == null) {
            return false;
        }
        return !snapshot.answered().has(file.netns(), DumpRequest.ofFamilyId(family));
    }

    <E extends Exception> void forEach(RowVisitor<E> visitor) throws E {
        ByteOrder order = snapshot.header().orderOrLittleEndian();
        for (ProcFile file : files) {
            // a table that changes while it is read can show a socket twice
            Set<SocketIdentity> seen = new HashSet<>();
            ProcNet.parse(file.path(), file.text(), order, socket -> {
                ProcRow row = new ProcRow(snapshot, file, socket);
                SocketIdentity identity = row.identity();
                if (identity == null || seen.add(identity)) {
                    visitor.row(row);
                }
            });
        }
    }
}
