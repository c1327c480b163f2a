package dev.sockreel.snapshot;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sockets that a dump covers, and its verdict.
 *
 * @param netns  inode of its network namespace, 0 when not known
 * @param family tcp4, unix, …
 * @param why    one clause on its worst fault; empty when it is complete
 */
public record DumpScope(long netns, DumpRequest request, String family, DumpVerdict verdict, String why) {
    static DumpScope of(Snapshot snapshot, Dump dump) {
        String why = dump.isComplete() ? "" : dump.faults().stream()
                .filter(f -> f.kind().verdict() == dump.verdict())
                .map(Fault::why)
                .findFirst()
                .orElse("");
        return new DumpScope(
                snapshot.netnsInode(dump.begin().netns()), dump.request(), dump.family(), dump.verdict(), why);
    }

    /** Returns the scopes of a snapshot's dumps by the inode of their namespace. */
    static Map<Long, List<DumpScope>> byNetns(Snapshot snapshot) {
        return snapshot.dumps().stream().map(d -> of(snapshot, d)).collect(Collectors.groupingBy(DumpScope::netns));
    }

    /** Returns whether it would list this socket of any snapshot if it were complete. */
    public boolean covers(SocketRow row) {
        return netns == row.netns() && request.covers(row.socket());
    }
}
