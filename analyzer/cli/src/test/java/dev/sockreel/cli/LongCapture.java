package dev.sockreel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.ChainWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.process.ProcessStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A capture of many snapshots as a recorder writes it, made from the five of {@link LiveCapture}: most are predicted,
 * few have a scan of owners, and facts about a process stand only in the first scan that finds it. One process holds
 * sockets only from a later scan on, one not in all scans, and one ends.
 */
final class LongCapture {
    static final int SCAN_EVERY = 37;
    private static final int NAMESPACES_EVERY = 29;
    private static final int ORIGINALS = 5;
    private static final int DUMPS_EACH = 1000;
    private static final int HOLDERS = 4;
    private static final int LATE_SCAN = 2;
    private static final int ENDS_AT = 50;
    private static final long ROUND_NS = 5_000_000_000L;

    private final List<CaptureRecord> begin = new ArrayList<>();
    private final List<List<CaptureRecord>> originals = new ArrayList<>();
    private List<Owners.Holder> holders = List.of();

    /** Writes it into a folder. */
    static Path write(Path folder, int snapshots, boolean isClosed) throws IOException {
        LongCapture made = new LongCapture();
        CaptureHeader header = made.read(LiveCapture.reel(Files.createTempDirectory(folder, "live")));
        Path path = folder.resolve("long-" + snapshots + (isClosed ? "" : "-open") + ".reel");
        try (ChainWriter out = new ChainWriter(CaptureWriter.create(path, header), header.orderOrLittleEndian())) {
            for (CaptureRecord record : made.begin) {
                out.write(record);
            }
            for (int i = 0; i < snapshots; i++) {
                made.write(i, out);
            }
            if (isClosed) {
                out.finish();
            }
        }
        return path;
    }

    private CaptureHeader read(Path original) throws IOException {
        CaptureHeader header = null;
        try (CaptureReader in = CaptureReader.open(original)) {
            CaptureRecord record;
            while ((record = in.next()) != null) {
                if (record instanceof SnapshotBegin) {
                    originals.add(new ArrayList<>());
                }
                switch (record) {
                    case CaptureHeader h -> header = h;
                    case Owners o when holders.isEmpty() -> holders = parts(o.processes().getFirst());
                    case Owners o -> {}
                    case RecorderNote n when n.dump() < 0 -> {}
                    default -> (originals.isEmpty() ? begin : originals.getLast()).add(record);
                }
            }
        }
        originals.getLast().removeLast(); // CaptureClose
        if (header == null || originals.size() != ORIGINALS) {
            throw new IllegalStateException("the fixture is another one");
        }
        return header;
    }

    /** Makes several processes of one, which share its sockets. */
    private static List<Owners.Holder> parts(Owners.Holder all) {
        List<Owners.Holder> parts = new ArrayList<>();
        for (int h = 0; h < HOLDERS; h++) {
            int from = all.fds().length * h / HOLDERS;
            int to = all.fds().length * (h + 1) / HOLDERS;
            parts.add(new Owners.Holder(all.pid() + h, all.comm(), all.stat(), all.cgroup(),
                    Arrays.copyOfRange(all.fds(), from, to), Arrays.copyOfRange(all.inodes(), from, to)));
        }
        return parts;
    }

    private void write(int i, ChainWriter out) throws IOException {
        if (i % 11 == 7) {
            out.write(new RecorderNote(i, -1, RecorderNote.Kind.MISSED_TICKS, 1, ReceiveTime.NONE, "1 tick"));
        }
        for (CaptureRecord record : originals.get(i % ORIGINALS)) {
            if (record instanceof SnapshotEnd e) {
                processes(i, time(i, e.time()), out);
            }
            out.write(of(i, record));
        }
    }

    private void processes(int i, ReceiveTime time, ChainWriter out) throws IOException {
        int scan = i / SCAN_EVERY;
        boolean isScan = i % SCAN_EVERY == 0;
        List<Owners.Holder> now = new ArrayList<>();
        List<Processes.Facts> facts = new ArrayList<>();
        for (int h = 0; h < holders.size(); h++) {
            boolean isThere = switch (h) {
                case 0 -> scan >= LATE_SCAN;
                case 1 -> scan != 1;
                case 2 -> i < ENDS_AT;
                default -> true;
            };
            Owners.Holder holder = holders.get(h);
            if (isThere) {
                now.add(isScan ? holder : new Owners.Holder(holder.pid(), holder.comm(), holder.stat(),
                        holder.cgroup(), new int[0], new long[0]));
            }
            if (isThere && isScan && scan == (h == 0 ? LATE_SCAN : 0)) {
                facts.add(new Processes.Facts(holder.pid(), ProcessStat.of(holder.stat()).startedTicks(), 1000, "user",
                        0, ("program\0number-" + h + "\0").getBytes(UTF_8), new byte[0], 0, 62));
            }
        }
        out.write(new Owners(i, isScan, 0, true, time, time, 90, 0, 0, now));
        if (!facts.isEmpty()) {
            out.write(new Processes(i, time, facts));
        }
        if (i % NAMESPACES_EVERY == 0) {
            out.write(new HostNamespaces(i, time, 0,
                    List.of(new HostNamespaces.Namespace(4026531840L + i, 1 + i, "name-" + i, 1, "init"))));
        }
    }

    private static CaptureRecord of(int i, CaptureRecord record) {
        return switch (record) {
            case SnapshotBegin r -> new SnapshotBegin(i, time(i, r.time()));
            case SnapshotEnd r -> new SnapshotEnd(i, r.dumps(), time(i, r.time()));
            case DumpBegin r -> new DumpBegin(dump(i, r.dump()), i, r.netns(), r.family(), r.encoding(), r.origin(),
                    r.knows(), r.bufferBytes(), time(i, r.time()), r.request(), r.sourceByte());
            case Datagram r -> new Datagram(dump(i, r.dump()), r.number(), r.marks(), r.msgFlags(), r.trueLength(),
                    r.senderPid(), time(i, r.time()), r.data());
            case DumpEnd r -> new DumpEnd(dump(i, r.dump()), r.outcome(), r.errno(), r.datagrams(), r.operation(),
                    time(i, r.time()));
            case ProcText r -> new ProcText(i, r.netns(), r.path(), r.when(), r.errno(), r.part(), r.last(),
                    time(i, r.time()), r.text());
            case RecorderNote r -> new RecorderNote(i, dump(i, r.dump()), r.kind(), r.value(), time(i, r.time()),
                    r.text());
            default -> record;
        };
    }

    private static ReceiveTime time(int i, ReceiveTime time) {
        long shiftNs = i / ORIGINALS * ROUND_NS;
        return time.isKnown() ? new ReceiveTime(time.realtimeNs() + shiftNs, time.monotonicNs() + shiftNs) : time;
    }

    private static int dump(int i, int dump) {
        return i / ORIGINALS * DUMPS_EACH + dump;
    }
}
