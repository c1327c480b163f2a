package dev.sockreel.reading;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.GroupList;
import dev.sockreel.capture.SnapshotEntry;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.process.EarlierFacts;
import dev.sockreel.process.HostClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What snapshots that are passed by leave to later ones: header and host of the capture, the host's namespaces, and
 * facts about processes, which stand once in a file and are looked for when they are asked for.
 */
final class PastRecords implements EarlierFacts {
    /** What a process's start may be off by: the clock that the kernel counts it by and the time of day drift apart. */
    private static final long SLACK_NS = Duration.ofMinutes(5).toNanos();

    private record Life(int pid, long startedTicks) {}

    /** The records of one snapshot that later ones need. */
    private record Lasting(List<Processes> processes, List<HostNamespaces> namespaces) {
        static final Lasting NONE = new Lasting(List.of(), List.of());
    }

    private final Path path;
    private final GroupList list;
    private final List<SnapshotEntry> all;
    /** The number of snapshots that are passed by. */
    private final int passed;
    private final boolean timesAscend;
    private @Nullable CaptureHeader header;
    private HostEvidence host = new HostEvidence(Map.of());
    private HostClock clock = HostClock.of(host);
    private final Map<Integer, Lasting> read = new HashMap<>();
    private final Map<Life, Processes.@Nullable Facts> found = new HashMap<>();
    private boolean damaged;

    /**
     * Reads the begin of a capture.
     *
     * @param passed how many snapshots are passed by, at least one
     */
    PastRecords(Path path, GroupList list, List<SnapshotEntry> all, int passed) throws IOException {
        this.path = path;
        this.list = list;
        this.all = all;
        this.passed = passed;
        this.timesAscend = ascend(all);
        try (CaptureReader in = CaptureReader.open(path)) {
            read.put(0, lasting(in));
        }
        clock = HostClock.of(host);
    }

    private static boolean ascend(List<SnapshotEntry> all) {
        long before = Long.MIN_VALUE;
        for (SnapshotEntry s : all) {
            if (s.beginNs() == ReceiveTime.UNKNOWN || s.beginNs() < before) {
                return false;
            }
            before = s.beginNs();
        }
        return true;
    }

    /** Returns whether group headers say where the records stand that are needed: those of earlier versions do not. */
    boolean areMarked() {
        SnapshotEntry first = all.getFirst();
        Lasting records = read.getOrDefault(0, Lasting.NONE);
        return header != null && (first.hasFacts() || records.processes().isEmpty())
                && (first.hasNamespaces() || records.namespaces().isEmpty());
    }

    @Nullable
    CaptureHeader header() {
        return header;
    }

    HostEvidence host() {
        return host;
    }

    HostClock clock() {
        return clock;
    }

    /** Returns whether any of what was read is damaged. */
    boolean isDamaged() {
        return damaged;
    }

    /** Returns the list of namespaces that counts for the first snapshot that is not passed by. */
    List<HostNamespaces> namespaces() throws IOException {
        for (int i = passed - 1; i >= 0; i--) {
            if (all.get(i).hasNamespaces()) {
                return at(i).namespaces();
            }
        }
        return List.of();
    }

    @Override
    public Processes.@Nullable Facts of(int pid, long startedTicks) {
        Life life = new Life(pid, startedTicks);
        if (!found.containsKey(life)) {
            found.put(life, find(life));
        }
        return found.get(life);
    }

    /** Looks at the first snapshot, which has facts about most, and then from the last to the first. */
    private Processes.@Nullable Facts find(Life life) {
        Processes.Facts facts = in(0, life);
        long startedNs = clock.startedNs(life.startedTicks());
        boolean isBounded = timesAscend && startedNs != ReceiveTime.UNKNOWN;
        for (int i = passed - 1; i > 0 && facts == null; i--) {
            if (isBounded && all.get(i + 1).beginNs() < startedNs - SLACK_NS) {
                return null;
            }
            facts = all.get(i).hasFacts() ? in(i, life) : null;
        }
        return facts;
    }

    private Processes.@Nullable Facts in(int index, Life life) {
        Processes.Facts last = null;
        for (Processes record : at(index).processes()) {
            for (Processes.Facts f : record.processes()) {
                last = f.pid() == life.pid() && f.startedTicks() == life.startedTicks() ? f : last;
            }
        }
        return last;
    }

    private Lasting at(int index) {
        return read.computeIfAbsent(index, i -> {
            CaptureHeader begin = header;
            if (begin == null) {
                return Lasting.NONE;
            }
            // a reader of its own each time: it holds the sockets of the snapshot it is at
            try (CaptureReader in = CaptureReader.open(path)) {
                in.readSome(list, begin);
                in.seek(all.get(i).begin());
                return lasting(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Reads up to the end of a snapshot. */
    private Lasting lasting(CaptureReader in) throws IOException {
        List<Processes> processes = new ArrayList<>();
        List<HostNamespaces> namespaces = new ArrayList<>();
        CaptureRecord record;
        while ((record = in.next()) != null && !(record instanceof SnapshotEnd)) {
            switch (record) {
                case CaptureHeader h -> header = h;
                case HostEvidence h -> host = h;
                case Processes p -> processes.add(p);
                case HostNamespaces n -> namespaces.add(n);
                default -> {}
            }
        }
        damaged |= in.damageCount() > 0 || record == null;
        return new Lasting(processes, namespaces);
    }
}
