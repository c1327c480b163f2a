package dev.sockreel.capture.order;

import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.capture.record.SnapshotPart;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks dumps, datagrams and namespaces within one snapshot, or between two. */
final class OpenSnapshot {
    /** Stands for the next datagram of a dump that is passed over. */
    private static final long PASSED_OVER = -1;

    private final RecordOrder.Problems problems;
    private final UsedNumbers dumpNumbers;
    /** Number of each open dump → number of its next datagram. */
    private final Map<Integer, Long> dumps = new HashMap<>();
    private final Map<Integer, NetworkNamespace> namespaces = new HashMap<>();
    /** Dumps that are not open: only the first record of each is reported. */
    private final Set<Integer> unknownDumps = new HashSet<>();
    private final Set<Integer> namedNamespaces = new HashSet<>();
    private int dumpsBegun;
    private boolean gap;

    /**
     * Begins a snapshot.
     *
     * @param dumpNumbers    numbers of the dumps of all snapshots so far
     * @param recordsMissing true if records of it may be missing
     */
    OpenSnapshot(UsedNumbers dumpNumbers, boolean recordsMissing, RecordOrder.Problems problems) {
        this.dumpNumbers = dumpNumbers;
        this.gap = recordsMissing;
        this.problems = problems;
    }

    /** Notes that records may be missing here. */
    void loss() {
        gap = true;
    }

    boolean takes(SnapshotPart part) {
        return switch (part) {
            case DumpBegin d -> takes(d);
            case ProcText t -> named(t.netns());
            case ClosedSockets c -> named(c.netns());
            case OwnSockets o -> named(o.netns());
            default -> true;
        };
    }

    private boolean takes(DumpBegin d) {
        dumpsBegun++;
        if (!dumpNumbers.add(d.dump())) {
            dumps.put(d.dump(), PASSED_OVER);
            problems.report(true, "dump " + d.dump() + " begins a second time; it is passed over from here");
            return false;
        }
        dumps.put(d.dump(), 0L);
        return named(d.netns());
    }

    boolean takes(Datagram d) {
        Long next = dumps.get(d.dump());
        if (next == null) {
            return isUnknown(d.dump(), "datagram " + d.number());
        }
        if (next == PASSED_OVER) {
            return false;
        }
        if (d.number() < next) {
            problems.report(true, "datagram " + d.number() + " of dump " + d.dump() + " stands where datagram " + next
                    + " was expected; it is passed over");
            return false;
        }
        if (d.number() > next && !gap) {
            problems.report(true, "datagram " + next + " of dump " + d.dump() + " is missing; found datagram "
                    + d.number());
        }
        dumps.put(d.dump(), d.number() + 1L);
        return true;
    }

    /** Counts datagrams that were read otherwise than as records. */
    void took(int dump, int datagrams) {
        dumps.computeIfPresent(dump, (d, next) -> next == PASSED_OVER ? next : next + datagrams);
    }

    boolean takes(DumpEnd e) {
        Long next = dumps.remove(e.dump());
        if (next == null) {
            return isUnknown(e.dump(), "a DumpEnd");
        }
        if (next == PASSED_OVER) {
            dumps.put(e.dump(), PASSED_OVER);
            return false;
        }
        if (!gap && e.datagrams() != next) {
            problems.report(true, "dump " + e.dump() + " has " + next + " datagrams, but its end counts "
                    + e.datagrams());
        }
        return true;
    }

    /** Returns whether a record's dump may have begun in a record that is missing. */
    private boolean isUnknown(int dump, String what) {
        if (!gap && unknownDumps.add(dump)) {
            problems.report(true, what + " is of dump " + dump + ", which is not open; it is passed over");
        }
        return gap;
    }

    boolean takes(NetworkNamespace n) {
        NetworkNamespace known = namespaces.putIfAbsent(n.netns(), n);
        if (known != null && isBlank(known)) {
            namespaces.put(n.netns(), n);
            return true;
        }
        boolean isSame = known == null
                || (known.inode() == n.inode() && known.cookie() == n.cookie() && known.name().equals(n.name()));
        if (!isSame) {
            problems.report(false,
                    "the number of namespace " + n.netns() + " is used for a second one; the first one counts");
        }
        return isSame;
    }

    /** Returns whether nothing was known of a namespace: an import writes that first, and its name when it finds it. */
    private static boolean isBlank(NetworkNamespace n) {
        return n.inode() == 0 && n.cookie() == 0 && n.name().isEmpty();
    }

    private boolean named(int netns) {
        namedNamespaces.add(netns);
        return true;
    }

    /** Checks the snapshot, all of whose records were read, against its end. */
    void check(SnapshotEnd e) {
        namedNamespaces.removeAll(namespaces.keySet());
        if (!gap && !namespaces.isEmpty() && !namedNamespaces.isEmpty()) { // a writer may know of none
            problems.report(true, "snapshot " + e.snapshot() + " does not describe namespace "
                    + namedNamespaces.iterator().next() + ", which its records name");
        }
        if (!gap && e.dumps() != dumpsBegun) {
            problems.report(true, "snapshot " + e.snapshot() + " has " + dumpsBegun + " dumps, but its end counts "
                    + e.dumps());
        }
    }
}
