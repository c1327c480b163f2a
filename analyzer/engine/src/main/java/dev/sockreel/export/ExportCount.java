package dev.sockreel.export;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sockets of one or more snapshots by what became of them.
 *
 * @param sockets  written
 * @param isEmpty  whether nothing at all was written, not even that there are no sockets
 * @param leftOut  kind → sockets from sock_diag that the format cannot hold
 * @param procText kind → sockets known only from the text of /proc/net that the format cannot hold
 */
public record ExportCount(long sockets, boolean isEmpty, Map<String, Long> leftOut, Map<String, Long> procText) {
    public static final ExportCount NONE = new ExportCount(0, true, Map.of(), Map.of());

    public ExportCount {
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
        procText = Collections.unmodifiableMap(new TreeMap<>(procText));
    }

    /** Returns the count of a format that holds all sockets. */
    static ExportCount all(long sockets) {
        return new ExportCount(sockets, false, Map.of(), Map.of());
    }

    /** Returns the sum of both. */
    public ExportCount plus(ExportCount more) {
        return new ExportCount(
                sockets + more.sockets, isEmpty && more.isEmpty, sum(leftOut, more.leftOut),
                sum(procText, more.procText));
    }

    private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
        Map<String, Long> sum = new TreeMap<>(a);
        b.forEach((kind, sockets) -> sum.merge(kind, sockets, Long::sum));
        return sum;
    }

    /** Counts sockets that a format cannot hold. */
    static final class LeftOut {
        private final Map<String, Long> leftOut = new TreeMap<>();
        private final Map<String, Long> procText = new TreeMap<>();

        void add(SocketRow row) {
            Family family = Family.of(row.socket().family(), row.socket().protocol());
            boolean isText = row.socket().source().equals("proc");
            (isText ? procText : leftOut).merge(family == null ? row.socket().netid() : family.kind(), 1L, Long::sum);
        }

        ExportCount count(long sockets, boolean isEmpty) {
            return new ExportCount(sockets, isEmpty, leftOut, procText);
        }
    }

    /** Returns a clause on the sockets that are not in the file; empty when all are. */
    public String missing() {
        List<String> parts = new ArrayList<>();
        leftOut.forEach((kind, sockets) -> parts.add(sockets + " " + kind));
        long text = procText.values().stream().mapToLong(n -> n).sum();
        if (text > 0) {
            List<String> kinds = new ArrayList<>();
            procText.forEach((kind, sockets) -> kinds.add(sockets + " " + kind));
            parts.add(text + " known only from the text of /proc/net (" + String.join(", ", kinds) + ")");
        }
        long all = text + leftOut.values().stream().mapToLong(n -> n).sum();
        return all == 0 ? "" : Counted.of(all, "socket is", "sockets are") + " left out: " + String.join(", ", parts);
    }
}
