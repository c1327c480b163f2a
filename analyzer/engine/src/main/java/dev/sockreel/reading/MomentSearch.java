package dev.sockreel.reading;

import dev.sockreel.capture.SnapshotEntry;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.process.HostRecords;
import dev.sockreel.process.KnownProcesses;
import dev.sockreel.snapshot.OwnerTable;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings a reader to snapshots in the middle of a capture, with all that earlier ones leave to them: the last whole scan
 * of owners, facts about their processes, which stand once in a file, and the list of the host's namespaces. Group
 * headers say where these stand.
 */
final class MomentSearch {
    private static final int NONE = -1;

    private final SnapshotReader reader;
    private final List<SnapshotEntry> all;
    /** Snapshots that were read for their facts, by index. */
    private final Map<Integer, HostRecords> read = new HashMap<>();
    /** Facts about processes, in the order of the file. */
    private List<Processes> facts = List.of();
    /** The first snapshot of those that are read one after another. */
    private int window;

    MomentSearch(SnapshotReader reader, List<SnapshotEntry> all) {
        this.reader = reader;
        this.all = all;
    }

    /**
     * Makes {@link SnapshotReader#next} return the snapshots {@code from} to {@code to}.
     *
     * @param from index, above {@link SnapshotReader#NEIGHBOURS}
     * @return false when the file does not say where what they need stands, or not that of it is to be had
     */
    boolean go(int from, int to) throws IOException {
        Snapshot first = reader.readFirst();
        if (first == null || !isMarked(first)) {
            return false;
        }
        facts = first.records().processes();
        window = from - SnapshotReader.NEIGHBOURS;
        int scan = before(from + 1, SnapshotEntry::hasOwners);
        Snapshot scanned = scan == 0 ? first : scan == NONE ? null : withFacts(scan);
        if (scan > 0 && scanned == null) {
            return false;
        }
        int known = facts.size();
        for (int i = from + 1; i <= to; i++) {
            if (all.get(i).hasOwners() && withFacts(i) == null) {
                return false;
            }
        }
        List<HostNamespaces> namespaces = namespaces(first);
        OwnerTable owners = OwnerTable.ofFacts(facts, reader.host());
        if (scanned != null && scan < window) {
            List<Processes> later = new ArrayList<>(facts.size() > known ? facts : List.of());
            later.addAll(factsAfter(scan));
            owners = scanned.owners().and(later, reader.host()).afterListing(scanned);
        }
        boolean isSettled = reader.continueAt(all.get(window).begin(), SnapshotReader.NEIGHBOURS, owners, namespaces);
        return isSettled || scanned == null || scan >= window;
    }

    /** Returns whether headers name what the first snapshot holds: those of earlier versions do not. */
    private boolean isMarked(Snapshot first) {
        SnapshotEntry entry = all.getFirst();
        HostRecords records = first.records();
        return first.index() == entry.number() && (entry.hasFacts() || records.processes().isEmpty())
                && (entry.hasNamespaces() || records.namespaces().isEmpty());
    }

    private int before(int index, Predicate<SnapshotEntry> what) {
        int i = index - 1;
        while (i >= 0 && !what.test(all.get(i))) {
            i--;
        }
        return i;
    }

    /**
     * Reads a snapshot that has a scan of owners, with the facts about all it found that stand before the window; null
     * when it is not there.
     */
    private @Nullable Snapshot withFacts(int index) throws IOException {
        Snapshot scanned = alone(index);
        if (scanned == null) {
            return null;
        }
        int known = facts.size();
        Set<KnownProcesses.Life> missing = scanned.owners().withoutFacts();
        List<Processes> found = new ArrayList<>();
        int i = index;
        while (!missing.isEmpty() && (i = before(i, SnapshotEntry::hasFacts)) > 0) {
            List<Processes> here = recordsOf(i).processes();
            found.addAll(0, i < window ? here : List.of());
            here.forEach(p -> p.processes().forEach(
                    f -> missing.remove(new KnownProcesses.Life(f.pid(), f.startedTicks()))));
        }
        List<Processes> more = new ArrayList<>(facts);
        more.addAll(found);
        facts = more;
        return facts.size() > known ? alone(index) : scanned;
    }

    /** Returns the facts that were recorded between a snapshot and the window. */
    private List<Processes> factsAfter(int index) throws IOException {
        List<Processes> between = new ArrayList<>();
        for (int i = index + 1; i < window; i++) {
            if (all.get(i).hasFacts()) {
                between.addAll(recordsOf(i).processes());
            }
        }
        return between;
    }

    private List<HostNamespaces> namespaces(Snapshot first) throws IOException {
        int index = before(window, SnapshotEntry::hasNamespaces);
        return index == NONE ? List.of() : index == 0 ? first.records().namespaces() : recordsOf(index).namespaces();
    }

    private HostRecords recordsOf(int index) throws IOException {
        HostRecords known = read.get(index);
        if (known != null) {
            return known;
        }
        Snapshot s = alone(index);
        return s == null ? HostRecords.NONE : s.records();
    }

    private @Nullable Snapshot alone(int index) throws IOException {
        SnapshotEntry entry = all.get(index);
        Snapshot s = reader.readAlone(entry.begin(), facts);
        if (s == null || s.index() != entry.number()) {
            return null;
        }
        read.put(index, s.records());
        return s;
    }
}
