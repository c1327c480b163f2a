package dev.sockreel.snapshot;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.procnet.ProcSocket;
import dev.sockreel.sockdiag.DumpRequest;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Predicate;

/**
 * The sockets of a snapshot that only /proc/net shows: those of tables whose family no dump could show, and of tables
 * that sock_diag has no handler for (ping sockets).
 */
final class ProcSockets {
    private final Snapshot snapshot;
    private final List<ProcFile> files;

    ProcSockets(Snapshot snapshot, Predicate<DumpRequest> which) {
        this.snapshot = snapshot;
        this.files = snapshot.procFiles().stream()
                .filter(f -> f.errno() == 0 && standsIn(snapshot, f))
                .filter(f -> which.test(request(f)))
                .toList();
    }

    private static DumpRequest request(ProcFile file) {
        String family = ProcNet.family(file.path());
        return DumpRequest.ofFamilyId(family == null ? "" : family);
    }

    /** Whether this text is all that the snapshot has of its sockets. */
    static boolean standsIn(Snapshot snapshot, ProcFile file) {
        String family = ProcNet.family(file.path());
        if (family == null) {
            return false;
        }
        DumpRequest asked = DumpRequest.ofFamilyId(family);
        return snapshot.dumps().stream()
                .filter(d -> d.begin().netns() == file.netns())
                .filter(d -> lists(d, asked))
                .noneMatch(d -> d.verdict() != DumpVerdict.UNAVAILABLE && d.verdict() != DumpVerdict.FAILED);
    }

    private static boolean lists(Dump dump, DumpRequest asked) {
        DumpRequest r = dump.request();
        boolean both = r.familyId().equals("tcp") && asked.family() != Family.AF_UNIX;
        return r.kind().equals(asked.kind()) && (both || r.family() == asked.family());
    }

    void forEach(SnapshotSockets.Visitor visitor) {
        for (ProcFile file : files) {
            ByteOrder order = snapshot.header().order();
            ProcNet table = ProcNet.parse(file.path(), file.text(), order == null ? ByteOrder.LITTLE_ENDIAN : order);
            for (ProcSocket socket : table.sockets()) {
                visitor.visit(new ProcRow(snapshot, file, socket));
            }
        }
    }
}
