package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes a capture again as if it had been recorded elsewhere. */
final class Rewritten {
    /** Writes the same records with another boot_id. */
    static Path ofBoot(Path capture, String bootId, Path to) throws IOException {
        try (CaptureReader in = CaptureReader.open(capture);
                CaptureWriter out = CaptureWriter.create(to, (CaptureHeader) requireNonNull(in.next()))) {
            CaptureRecord record;
            while ((record = in.next()) != null) {
                switch (record) {
                    case HostEvidence h -> {
                        Map<String, String> facts = new LinkedHashMap<>(h.facts());
                        facts.put(HostEvidence.BOOT_ID, bootId);
                        out.write(new HostEvidence(facts));
                    }
                    case CaptureClose c -> {}
                    default -> out.write(record);
                }
            }
            out.finish();
        }
        return to;
    }

    /** Writes the same records as if CLOCK_REALTIME had been set at the begin of a snapshot. */
    static Path withStep(Path capture, int snapshot, long stepNs, Path to) throws IOException {
        try (CaptureReader in = CaptureReader.open(capture);
                CaptureWriter out = CaptureWriter.create(to, (CaptureHeader) requireNonNull(in.next()))) {
            long byNs = 0;
            CaptureRecord record;
            while ((record = in.next()) != null) {
                byNs = record instanceof SnapshotBegin b && b.snapshot() == snapshot ? stepNs : byNs;
                long by = byNs;
                UnaryOperator<ReceiveTime> step = t -> new ReceiveTime(t.realtimeNs() + by, t.monotonicNs());
                switch (record) {
                    case SnapshotBegin b -> out.write(new SnapshotBegin(b.snapshot(), step.apply(b.time())));
                    case SnapshotEnd e ->
                        out.write(new SnapshotEnd(e.snapshot(), e.dumps(), step.apply(e.time())));
                    case Datagram d ->
                        out.write(new Datagram(d.dump(), d.number(), d.marks(), d.msgFlags(), d.trueLength(),
                                d.senderPid(), step.apply(d.time()), d.data()));
                    case CaptureClose c -> {}
                    default -> out.write(record);
                }
            }
            out.finish();
        }
        return to;
    }

    /** Namespaces that {@link #inNamespaces} adds to the recorder's own: numbers in the file and inodes. */
    static final long BLUE = 4_026_540_001L;
    static final long GREEN = 4_026_540_002L;
    static final String GREEN_PATH = "/proc/77/ns/net";

    /** Writes the same dumps as if those of some families were of other namespaces: unix of blue, udp of a path's. */
    static Path inNamespaces(Path capture, Path to) throws IOException {
        try (CaptureReader in = CaptureReader.open(capture);
                CaptureWriter out = CaptureWriter.create(to, (CaptureHeader) requireNonNull(in.next()))) {
            CaptureRecord record;
            while ((record = in.next()) != null) {
                switch (record) {
                    case NetworkNamespace own when own.netns() == 0 -> {
                        out.write(own);
                        out.write(new NetworkNamespace(1, BLUE, 0, "blue", List.of()));
                        out.write(new NetworkNamespace(2, GREEN, 0, GREEN_PATH, List.of()));
                    }
                    case DumpBegin d -> {
                        int netns = d.family().startsWith("unix") ? 1 : d.family().startsWith("udp") ? 2 : d.netns();
                        out.write(new DumpBegin(d.dump(), d.snapshot(), netns, d.family(), d.encoding(), d.origin(),
                                d.knows(), d.bufferBytes(), d.time(), d.request(), d.sourceByte()));
                    }
                    case CaptureClose c -> {}
                    default -> out.write(record);
                }
            }
            out.finish();
        }
        return to;
    }

    private Rewritten() {}
}
