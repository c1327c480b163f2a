package dev.sockreel.report;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.detector.FindingsRun;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.netns.FindingsOfNamespace;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.reading.RepeatedSnapshots;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotId;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads captures three times: to get the findings and choose the sockets to show, to find the peers of those with
 * findings, and to follow all of them and the processes of causes. Memory: the snapshot reader's, the findings', the
 * shown sockets, and a few numbers for each process and column.
 */
public final class ReportRun {
    /** Receives the progress of reading. */
    public interface Listener {
        /** Called once for each snapshot, before its sockets are examined. */
        void read(Snapshot snapshot);

        /** Called when all were read, with what some share with earlier ones. */
        default void repeated(RepeatedSnapshots all) {}

        /** Called when a file was read to its end. */
        void ended(CaptureReader capture);

        /**
         * Called when the shown sockets were followed through another snapshot.
         *
         * @param snapshots how many so far
         * @param of        number of all snapshots
         */
        void followed(int snapshots, int of);
    }

    /** Findings of one cause whose sockets come before all others. */
    private static final int MAX_FIRST_OF_CAUSE = 25;

    private final List<Path> files;
    private final RepeatedSnapshots repeated;
    private final ReportScope scope;
    private final Set<SnapshotId> taken = new HashSet<>();
    private final ReportLimits limits;
    private final Listener listener;
    private final FindingsRun findings;
    private final SocketSample sample;
    private final List<CaptureSummary> captures = new ArrayList<>();
    private final List<SnapshotSummary> snapshots = new ArrayList<>();
    private int followed;

    private ReportRun(List<Path> files, ReportScope scope, Thresholds thresholds, ReportLimits limits,
            Listener listener) throws IOException {
        this.scope = scope;
        this.files = files;
        this.repeated = RepeatedSnapshots.in(files);
        this.limits = limits;
        this.listener = listener;
        this.findings = new FindingsRun(thresholds);
        this.sample = new SocketSample(limits.sockets());
    }

    /**
     * Reads captures for a report.
     *
     * @param files captures, in the order of time
     */
    public static ReportData of(List<Path> files, Thresholds thresholds, ReportLimits limits, Listener listener)
            throws IOException {
        return of(files, ReportScope.all(), thresholds, limits, listener);
    }

    /**
     * Reads a part of captures for a report.
     *
     * @param files captures, in the order of time
     */
    public static ReportData of(
            List<Path> files, ReportScope scope, Thresholds thresholds, ReportLimits limits, Listener listener)
            throws IOException {
        return new ReportRun(files, scope, thresholds, limits, listener).data();
    }

    private ReportData data() throws IOException {
        for (int i = 0; i < files.size(); i++) {
            find(i, files.get(i));
        }
        listener.repeated(repeated);
        Findings found = FindingsOfNamespace.of(findings.finish(), scope.namespace());
        List<SocketRow> rows = inFairOrder(found.findings());
        Conversations talks = new Conversations(rows, limits.talks());
        if (!talks.isDone()) {
            readAgain(snapshot -> {
                talks.add(snapshot);
                return !talks.isDone();
            });
        }
        ShownSockets shown = new ShownSockets(limits, rows, talks, sample.rows());
        StatesRun states = new StatesRun(
                found, limits.processes(), Timeline.width(snapshots.size(), limits.columns()));
        readAgain(snapshot -> {
            shown.add(snapshot);
            states.add(snapshot);
            listener.followed(++followed, snapshots.size());
            return true;
        });
        return new ReportData(
                List.copyOf(captures), List.copyOf(snapshots), found, shown.sockets(),
                sample.isEverything() && shown.isEverything(), Timeline.of(snapshots, limits.columns()),
                states.byCause(), List.of());
    }

    /** Returns the sockets of the first findings of every cause, then the others: no cause hides another. */
    private static List<SocketRow> inFairOrder(List<Finding> findings) {
        Map<String, Integer> ofCause = new HashMap<>();
        List<SocketRow> first = new ArrayList<>();
        List<SocketRow> others = new ArrayList<>();
        for (Finding f : findings) {
            (ofCause.merge(f.cause(), 1, Integer::sum) <= MAX_FIRST_OF_CAUSE ? first : others).add(f.socket());
        }
        first.addAll(others);
        return first;
    }

    /** A snapshot that several captures hold is read from one of them. */
    private void find(int index, Path file) throws IOException {
        int before = snapshots.size();
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Snapshot snapshot;
            while ((snapshot = reader.next()) != null) {
                if (repeated.countsElsewhere(index, snapshot) || !scope.snapshots().test(snapshot)) {
                    continue;
                }
                taken.add(snapshot.id());
                listener.read(snapshot);
                findings.add(snapshot);
                int seenBefore = sample.seen();
                NamespaceChoice.Here here = scope.namespace().in(snapshot);
                new SnapshotSockets(snapshot).forEach(row -> {
                    if (here.takes(row) && !row.isRecorders()) {
                        sample.add(row);
                    }
                });
                snapshots.add(SnapshotSummary.of(captures.size(), snapshot, sample.seen() - seenBefore));
            }
            listener.ended(reader.capture());
            captures.add(new CaptureSummary(file, reader.header(), reader.host(), snapshots.size() - before));
        }
    }

    /**
     * Reads the files again. A file that has grown since is read as far as the first time.
     *
     * @param wantsMore whether to go on after a snapshot
     */
    private void readAgain(Predicate<Snapshot> wantsMore) throws IOException {
        for (int c = 0; c < captures.size(); c++) {
            CaptureSummary capture = captures.get(c);
            try (SnapshotReader reader = SnapshotReader.open(capture.file())) {
                int read = 0;
                while (read < capture.snapshots()) {
                    Snapshot snapshot = reader.next();
                    if (snapshot == null) {
                        throw new IOException(capture.file() + " became shorter while it was read");
                    }
                    if (repeated.countsElsewhere(c, snapshot) || !taken.contains(snapshot.id())) {
                        continue;
                    }
                    read++;
                    if (!wantsMore.test(snapshot)) {
                        return;
                    }
                }
            }
        }
    }
}
