package dev.sockreel.snapshot;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.SharedCookies;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a snapshot, each once. Overlapping dumps (all sockets, and listeners with their pending clients) are
 * merged by cookie; the widest complete dump provides the values. Sockets known only from the text of /proc/net come
 * last.
 */
public final class SnapshotSockets {
    private record Kind(int netns, String protocol) {}

    private final Snapshot snapshot;
    private final List<List<Dump>> kinds;
    private final ProcSockets text;

    /** Selects all sockets. */
    public SnapshotSockets(Snapshot snapshot) {
        this(snapshot, dump -> true, asked -> true);
    }

    /**
     * Selects the sockets of some dumps and tables.
     *
     * @param which  selects dumps
     * @param tables selects tables of /proc/net, by the request of the dump they stand in for
     */
    public SnapshotSockets(Snapshot snapshot, Predicate<Dump> which, Predicate<DumpRequest> tables) {
        this(snapshot, which, tables, UnaryOperator.identity());
    }

    private SnapshotSockets(
            Snapshot snapshot, Predicate<Dump> which, Predicate<DumpRequest> tables, UnaryOperator<Dump> form) {
        this.snapshot = snapshot;
        Map<Kind, List<Dump>> byKind = new LinkedHashMap<>();
        snapshot.dumps().stream()
                .filter(d -> d.verdict() != DumpVerdict.UNAVAILABLE && which.test(d))
                .forEach(d -> byKind.computeIfAbsent(kind(d), k -> new ArrayList<>()).add(form.apply(d)));
        byKind.values().forEach(SnapshotSockets::widestFirst);
        kinds = List.copyOf(byKind.values());
        text = new ProcSockets(snapshot, tables);
    }

    /** Returns the sockets with the rows that the kernel sent twice, in the kernel's order. */
    public static SnapshotSockets asSent(Snapshot snapshot, Predicate<Dump> which, Predicate<DumpRequest> tables) {
        return new SnapshotSockets(snapshot, which, tables, RepeatedRows::in);
    }

    private static Kind kind(Dump dump) {
        return new Kind(dump.begin().netns(), dump.request().kind());
    }

    private static void widestFirst(List<Dump> dumps) {
        dumps.sort(Comparator.comparing((Dump d) -> !d.isComplete())
                .thenComparing(Dump::verdict)
                .thenComparing(d -> d.request().narrowed())
                .thenComparingInt(d -> -Long.bitCount(d.request().states()))
                .thenComparingInt(d -> -Long.bitCount(d.request().show()))
                .thenComparingInt(d -> -d.sockets()));
    }

    /** Calls the visitor for each socket; the row is valid until it returns. */
    public <E extends Exception> void forEach(RowVisitor<E> visitor) throws E {
        UnixNames names = new UnixNames(snapshot);
        for (List<Dump> dumps : kinds) {
            SharedCookies shared = areApart(dumps) ? null : new SharedCookies(dumps);
            for (int i = 0; i < dumps.size(); i++) {
                visit(dumps, shared, i, names, visitor);
            }
        }
        text.forEach(visitor);
    }

    /** Chooses rows of a dump. */
    public interface RowChoice {
        /** Returns the rows to visit, ascending; null for all. */
        int @Nullable [] of(Dump dump);
    }

    /** Receives rows and where they stand. */
    public interface PlacedVisitor {
        /**
         * Looks at a row, which is valid until it returns.
         *
         * @param dump  null for a row of /proc/net, or of one of several dumps that list the same sockets
         * @param index number of the row in its dump
         */
        void row(@Nullable Dump dump, int index, SocketRow row);
    }

    /**
     * Calls the visitor for the chosen sockets, in the order of {@link #forEach}. Sockets that several dumps list, and
     * those of /proc/net, are all visited.
     */
    public void forEach(RowChoice choice, PlacedVisitor visitor) {
        UnixNames names = new UnixNames(snapshot);
        for (List<Dump> dumps : kinds) {
            if (areApart(dumps)) {
                for (Dump dump : dumps) {
                    visit(dump, choice.of(dump), names, visitor);
                }
            } else {
                SharedCookies shared = new SharedCookies(dumps);
                for (int i = 0; i < dumps.size(); i++) {
                    visit(dumps, shared, i, names, row -> visitor.row(null, 0, row));
                }
            }
        }
        text.forEach(row -> visitor.row(null, 0, row));
    }

    /** Calls the visitor for some rows of one dump. */
    public void forEach(Dump dump, int[] rows, PlacedVisitor visitor) {
        visit(dump, rows, new UnixNames(snapshot), visitor);
    }

    private void visit(Dump dump, int @Nullable [] rows, UnixNames names, PlacedVisitor visitor) {
        if (rows != null && rows.length == 0) {
            return;
        }
        SocketCursor cursor = dump.cursor();
        WalkedRow row = new WalkedRow(snapshot, names, dump, cursor);
        if (rows == null) {
            while (cursor.next()) {
                visitor.row(dump, cursor.row(), row);
            }
        } else {
            for (int index : rows) {
                cursor.moveTo(index);
                visitor.row(dump, index, row);
            }
        }
    }

    /** Returns the dumps that share no socket with another. */
    public List<Dump> apart() {
        return kinds.stream().filter(SnapshotSockets::areApart).flatMap(List::stream).toList();
    }

    /** Returns whether no two dumps can list the same socket: each answers a request for another family. */
    private static boolean areApart(List<Dump> dumps) {
        for (int i = 0; i < dumps.size(); i++) {
            DumpRequest own = dumps.get(i).request();
            if (dumps.size() > 1 && own.nlmsgType() != Nlmsghdr.SOCK_DIAG_BY_FAMILY) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (dumps.get(j).request().family() == own.family()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the number of sockets that the predicate takes. */
    public int count(Predicate<SocketRow> which) {
        Counter counter = new Counter(which);
        forEach(counter);
        return counter.rows;
    }

    private static final class Counter implements RowVisitor<RuntimeException> {
        private final Predicate<SocketRow> which;
        private int rows;

        Counter(Predicate<SocketRow> which) {
            this.which = which;
        }

        @Override
        public void row(SocketRow row) {
            rows += which.test(row) ? 1 : 0;
        }
    }

    /** Returns the first socket that the predicate takes, to keep; null for none. */
    public @Nullable SocketRow first(Predicate<SocketRow> which) {
        Finder finder = new Finder(which);
        forEach(finder);
        return finder.found;
    }

    private static final class Finder implements RowVisitor<RuntimeException> {
        private final Predicate<SocketRow> which;
        private @Nullable SocketRow found;

        Finder(Predicate<SocketRow> which) {
            this.which = which;
        }

        @Override
        public void row(SocketRow row) {
            if (found == null && which.test(row)) {
                found = row.hold();
            }
        }
    }

    private <E extends Exception> void visit(
            List<Dump> dumps, @Nullable SharedCookies shared, int current, UnixNames names, RowVisitor<E> visitor)
            throws E {
        SocketCursor cursor = dumps.get(current).cursor();
        WalkedRow row = new WalkedRow(snapshot, names, dumps.get(current), cursor);
        while (cursor.next()) {
            if (shared != null) {
                long cookie = cursor.socket().cookie();
                if (!shared.isFirst(current, cookie)) {
                    continue;
                }
                row.others(shared.others(cookie));
            }
            visitor.row(row);
        }
    }
}
