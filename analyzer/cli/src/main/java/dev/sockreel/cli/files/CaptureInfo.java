package dev.sockreel.cli.files;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.cli.choosing.SnapshotSelector;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.unseen.UnseenRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The facts that {@code info} reports about one file. Sizes are in bytes.
 *
 * @param listed   number of sockets that {@code show} lists; null if there is no snapshot
 * @param families family id → its dumps
 * @param tables   path of a table of /proc/net that stands in for a dump → as the last snapshot has it
 * @param notes    the recorder's notes → how often each occurs
 * @param reported what the import reported of its source, in its order
 * @param unseen   what the capture does not show
 * @param owners   how often owners were looked up
 * @param closed   the sockets that were announced as destroyed
 * @param grown    counters of the host that grew, by number of the namespace and name
 */
public record CaptureInfo(
        Path file,
        CaptureHeader header,
        HostEvidence host,
        List<NetworkNamespace> namespaces,
        int snapshots,
        ReceiveTime first,
        ReceiveTime last,
        @Nullable Listed listed,
        Map<String, FamilyInfo> families,
        Map<String, TableInfo> tables,
        Map<String, Integer> notes,
        List<String> reported,
        List<UnseenRun.Total> unseen,
        OwnerLookUps owners,
        ClosedCount closed,
        Map<Integer, Map<String, Long>> grown,
        long fileBytes,
        long compressedBytes,
        long uncompressedBytes,
        long unknownRecords,
        CaptureReader.Ending ending,
        List<Damage> damages) {

    /** The number of sockets in the last complete snapshot, or else in the last. */
    record Listed(int snapshot, int sockets) {
        static Listed of(Snapshot s) {
            return new Listed(s.index(), new SnapshotSockets(s).count(row -> true));
        }
    }

    /**
     * One family over all snapshots and namespaces.
     *
     * @param verdicts verdict → number of dumps
     * @param sockets  number of sockets in the last snapshot that has one, each socket once
     * @param bytes    size of all datagrams
     * @param fault    sentence of the last fault, empty for none
     */
    record FamilyInfo(Map<DumpVerdict, Integer> verdicts, int sockets, long bytes, String fault) {
        static final FamilyInfo NONE = new FamilyInfo(Map.of(), 0, 0, "");

        /** @param dumps those of this family in the snapshot */
        FamilyInfo with(Snapshot snapshot, List<Dump> dumps) {
            Map<DumpVerdict, Integer> all = new EnumMap<>(DumpVerdict.class);
            all.putAll(verdicts);
            long more = 0;
            String why = fault;
            for (Dump dump : dumps) {
                all.merge(dump.verdict(), 1, Integer::sum);
                more += dump.ownBytes();
                why = dump.faults().isEmpty() ? why : dump.faults().getFirst().why();
            }
            boolean counts = dumps.stream().anyMatch(d -> hasSocketCount(d.verdict()) || d.sockets() > 0);
            return new FamilyInfo(all, counts ? sockets(snapshot, dumps) : sockets, bytes + more, why);
        }

        /** Counts sockets as {@code show} does. Dumps of one namespace, for several requests, may overlap. */
        private static int sockets(Snapshot snapshot, List<Dump> dumps) {
            long namespaces = dumps.stream().mapToInt(d -> d.begin().netns()).distinct().count();
            return namespaces == dumps.size()
                    ? dumps.stream().mapToInt(Dump::sockets).sum()
                    : new SnapshotSockets(snapshot, d -> d.family().equals(dumps.getFirst().family()), table -> false)
                            .count(row -> true);
        }

        /** Returns whether no dump says how many sockets there are; 0 would be wrong then. */
        boolean isUnavailable() {
            return sockets == 0 && verdicts.keySet().stream().noneMatch(FamilyInfo::hasSocketCount);
        }

        private static boolean hasSocketCount(DumpVerdict verdict) {
            return verdict != DumpVerdict.UNAVAILABLE && verdict != DumpVerdict.FAILED;
        }
    }

    private static void addTo(Map<String, FamilyInfo> families, Snapshot s) {
        Map<String, List<Dump>> dumps = new LinkedHashMap<>();
        s.dumps().forEach(d -> dumps.computeIfAbsent(d.family(), f -> new ArrayList<>()).add(d));
        dumps.forEach((family, of) -> families.put(family, families.getOrDefault(family, FamilyInfo.NONE).with(s, of)));
    }

    /**
     * A table of /proc/net that stands in for a dump.
     *
     * @param bytes size of the text
     * @param fault sentences of its faults, empty for none
     */
    record TableInfo(int sockets, long bytes, DumpVerdict verdict, String fault) {
        static TableInfo of(Snapshot s, ProcFile text) {
            return new TableInfo(
                    ProcNet.count(text.path(), text.text(), s.header().orderOrLittleEndian()), text.text().length,
                    text.verdict(), text.faults().stream().map(Fault::why).collect(Collectors.joining("; ")));
        }
    }

    public static CaptureInfo read(Path file, InputProblems problems) throws IOException {
        Map<Integer, NetworkNamespace> namespaces = new TreeMap<>();
        Map<String, FamilyInfo> families = new LinkedHashMap<>();
        Map<String, TableInfo> tables = new LinkedHashMap<>();
        Map<String, Integer> notes = new LinkedHashMap<>();
        List<String> reported = new ArrayList<>();
        UnseenRun unseen = new UnseenRun();
        OwnerLookUps owners = OwnerLookUps.NONE;
        ClosedCount closed = ClosedCount.NONE;
        CounterGrowth counters = new CounterGrowth();
        ReceiveTime first = ReceiveTime.NONE;
        ReceiveTime last = ReceiveTime.NONE;
        int snapshots = 0;
        SnapshotSelector selector = SnapshotSelector.lastComplete(in -> dump -> true);
        Snapshot shown = null;
        try (SnapshotReader reader = SnapshotReader.openToCompare(file)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                first = snapshots++ == 0 ? s.begin() : first;
                last = s.end() == null ? s.begin() : s.end();
                namespaces.putAll(s.namespaces());
                shown = selector.takes(s) ? s : shown;
                addTo(families, s);
                for (ProcFile text : s.procFiles()) {
                    if (text.errno() == 0 && s.standsIn(text)) {
                        tables.put(text.path(), TableInfo.of(s, text));
                    }
                }
                for (RecorderNote note : s.notes()) {
                    // these are listed in `unseen`
                    if (note.kind() != RecorderNote.Kind.HANDLER && note.kind() != RecorderNote.Kind.MODULES_LOADED) {
                        notes.merge(note.text(), 1, Integer::sum);
                    }
                }
                unseen.add(s);
                owners = owners.with(s);
                closed = closed.with(s);
                counters.add(s);
                problems.add(s, d -> true);
            }
            for (RecorderNote note : reader.looseNotes()) {
                if (note.kind() == RecorderNote.Kind.IMPORT_REPORT) {
                    reported.add(note.text());
                } else {
                    notes.merge(note.text(), 1, Integer::sum);
                }
            }
            problems.add(reader.capture());
            CaptureReader capture = reader.capture();
            return new CaptureInfo(
                    file, reader.header(), reader.host(), new ArrayList<>(namespaces.values()), snapshots, first, last,
                    shown == null ? null : Listed.of(shown), families, tables, notes, reported, unseen.totals(), owners,
                    closed,
                    counters.grown(), capture.givenBytes(), capture.compressedBytes(),
                    capture.uncompressedBytes(),
                    capture.unknownRecords(), capture.ending(), capture.damages());
        }
    }
}
