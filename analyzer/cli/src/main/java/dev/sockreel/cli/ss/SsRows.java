package dev.sockreel.cli.ss;

import dev.sockreel.cli.ss.text.Cells;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.RowVisitor;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.DumpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The sockets of one network namespace in a snapshot, in the order in which ss lists them. */
final class SsRows {
    /** Netids in the order of the socket types' numbers. */
    private static final List<String> UNIX_TYPES = List.of("u_str", "u_dgr", "u_seq");

    private final Snapshot snapshot;
    private final int netns;
    private final SsSelection chosen;
    private final Predicate<SocketRow> filter;

    /**
     * @param netns  number of the namespace in the file
     * @param filter applied to the selected sockets
     */
    SsRows(Snapshot snapshot, int netns, SsSelection chosen, Predicate<SocketRow> filter) {
        this.snapshot = snapshot;
        this.netns = netns;
        this.chosen = chosen;
        this.filter = filter;
    }

    /** Calls the visitor for each socket. */
    void forEach(RowVisitor<IOException> visitor) throws IOException {
        for (SsSelection.Step step : chosen.steps()) {
            if (step.family() == Family.AF_UNIX) {
                unix(step, visitor);
            } else {
                sockets(step).forEach(row -> offer(step, row, visitor));
            }
        }
    }

    /** Visits unix sockets. Like ss, sorts those from /proc/net/unix by type and inode. */
    private void unix(SsSelection.Step step, RowVisitor<IOException> visitor) throws IOException {
        List<SocketRow> fromText = new ArrayList<>();
        sockets(step).forEach(row -> offer(step, row, each -> {
            if (Cells.isText(each.socket())) {
                fromText.add(each.hold());
            } else {
                visitor.row(each);
            }
        }));
        fromText.sort(Comparator.comparingInt((SocketRow row) -> UNIX_TYPES.indexOf(row.socket().netid()))
                .thenComparingLong(row -> row.socket().inode()));
        for (SocketRow row : fromText) {
            visitor.row(row);
        }
    }

    private void offer(SsSelection.Step step, SocketRow row, RowVisitor<IOException> visitor) throws IOException {
        boolean ofStep = !step.isInet() || row.socket().family() == step.family();
        if (!ofStep || row.netns() != snapshot.netnsInode(netns) || !chosen.takes(row.socket()) || !filter.test(row)) {
            return;
        }
        visitor.row(row);
    }

    private SnapshotSockets sockets(SsSelection.Step step) {
        Predicate<Dump> its = dump -> dump.begin().netns() == netns && step.asksFor(dump.request());
        Predicate<Dump> own = its.and(dump -> !step.isInet() || dump.request().family() == step.family());
        boolean apart = snapshot.dumps().stream()
                .anyMatch(own.and(d -> d.request().showKnown() && d.verdict() != DumpVerdict.UNAVAILABLE && !isOld(d)));
        // a dump that holds both versions of IP is used only if there is none of this version alone
        Predicate<Dump> which = apart
                ? own.and(d -> !isOld(d))
                : own.or(its.and(d -> SsSelection.mayHoldBoth(d.request())));
        Predicate<DumpRequest> tables = t -> step.asksFor(t) && (!step.isInet() || t.family() == step.family());
        return step.family() == Family.AF_NETLINK
                ? SnapshotSockets.asSent(snapshot, which, tables)
                : new SnapshotSockets(snapshot, which, tables);
    }

    private static boolean isOld(Dump dump) {
        return dump.request().familyId().equals("tcp");
    }
}
