package dev.sockreel.verdict;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes a capture file record by record, like the recorder, and reads it back. */
public final class WrittenCapture {
    private static final long EPOCH_NS = 1_800_000_000_000_000_000L;

    private final ByteOrder order;
    private final Path file;
    private final CaptureWriter writer;
    private int snapshot = -1;
    private int dump = -1;
    private int dumpsInSnapshot;
    private ReceiveTime now = ReceiveTime.NONE;
    private double stepSeconds;

    private WrittenCapture(ByteOrder order, Path file, CaptureWriter writer) {
        this.order = order;
        this.file = file;
        this.writer = writer;
    }

    public static WrittenCapture begin(ByteOrder order) {
        try {
            Path file = Files.createTempFile("written-", ".reel");
            file.toFile().deleteOnExit();
            CaptureWriter writer = CaptureWriter.create(
                    file, new CaptureHeader(UUID.randomUUID(), 0, at(0), order, "a test"));
            writer.write(new HostEvidence(Map.of(HostEvidence.BOOT_ID, "boot-1")));
            return new WrittenCapture(order, file, writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReceiveTime at(double seconds) {
        return new ReceiveTime(EPOCH_NS + (long) (seconds * 1e9), (long) (seconds * 1e9));
    }

    /** Ends the current snapshot and begins the next, some seconds after the capture's begin. */
    public WrittenCapture snapshot(double seconds) {
        return snapshot(new ReceiveTime(at(seconds + stepSeconds).realtimeNs(), at(seconds).monotonicNs()));
    }

    /** Sets the realtime clock forward, or back when negative; the monotonic clock goes on. */
    public void stepRealtime(double seconds) {
        stepSeconds += seconds;
    }

    /** Ends the current snapshot and begins the next at an unknown time, as importers of files without times do. */
    public WrittenCapture untimedSnapshot() {
        return snapshot(ReceiveTime.NONE);
    }

    private WrittenCapture snapshot(ReceiveTime begin) {
        endSnapshot();
        now = begin;
        write(new SnapshotBegin(++snapshot, now));
        write(new NetworkNamespace(0, 4026531840L, 1, "", List.of(new NetworkNamespace.Interface(1, "lo"))));
        dumpsInSnapshot = 0;
        return this;
    }

    private void endSnapshot() {
        if (snapshot >= 0) {
            write(new SnapshotEnd(snapshot, dumpsInSnapshot, now));
        }
    }

    /** Adds a dump of these datagrams. */
    public WrittenCapture dump(String family, NlmsgBuilder request, List<byte[]> datagrams) {
        return timedDump(family, request, 0, datagrams);
    }

    /** Adds a dump of a namespace by its number. */
    public WrittenCapture dumpIn(int netns, String family, NlmsgBuilder request, List<byte[]> datagrams) {
        return dump(netns, family, request, 0, datagrams);
    }

    /** Adds a dump of these datagrams that takes some seconds. */
    public WrittenCapture timedDump(String family, NlmsgBuilder request, double seconds, List<byte[]> datagrams) {
        return dump(0, family, request, seconds, datagrams);
    }

    private WrittenCapture dump(
            int netns, String family, NlmsgBuilder request, double seconds, List<byte[]> datagrams) {
        ReceiveTime end = new ReceiveTime(
                now.realtimeNs() + (long) (seconds * 1e9), now.monotonicNs() + (long) (seconds * 1e9));
        dumpsInSnapshot++;
        write(new DumpBegin(++dump, snapshot, netns, family, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                32768,
                now, request.toBytes()));
        int number = 0;
        for (byte[] datagram : datagrams) {
            write(new Datagram(dump, number++, 0, 0, datagram.length, 0, now, Unpooled.wrappedBuffer(datagram)));
        }
        write(new DumpEnd(dump, DumpEnd.Outcome.DONE, 0, number, "", end));
        return this;
    }

    /** Adds a dump that was not requested. */
    public WrittenCapture noDump(String family, NlmsgBuilder request, DumpEnd.Outcome outcome) {
        dumpsInSnapshot++;
        write(new DumpBegin(++dump, snapshot, 0, family, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 32768,
                now, request.toBytes()));
        return write(new DumpEnd(dump, outcome, 0, 0, "", now));
    }

    /** Adds a note of the recorder about this snapshot. */
    public WrittenCapture note(RecorderNote.Kind kind, long value, String text) {
        return write(new RecorderNote(snapshot, -1, kind, value, now, text));
    }

    /** Adds a file under /proc, read in place of a dump. */
    public WrittenCapture procText(String path, byte[] text) {
        return procText(path, ProcText.When.INSTEAD_OF_DUMP, true, text);
    }

    /** @param last true if no part follows */
    public WrittenCapture procText(String path, ProcText.When when, boolean last, byte[] text) {
        return write(new ProcText(snapshot, 0, path, when, 0, 0, last, now, Unpooled.wrappedBuffer(text)));
    }

    /** Adds a whole scan, in which {@code unreadable} processes could not be read. */
    public WrittenCapture owners(int unreadable, Owners.Holder... holders) {
        write(new Owners(snapshot, true, 0, true, now, now, holders.length, unreadable, 0, List.of(holders)));
        return this;
    }

    /** Adds a refresh of the states of known processes. */
    public WrittenCapture states(Owners.Holder... holders) {
        write(new Owners(snapshot, false, 0, true, now, now, holders.length, 0, 0, List.of(holders)));
        return this;
    }

    /** Returns a process with its state's letter and the sockets it holds as descriptors 3, 4, … */
    public static Owners.Holder process(int pid, String comm, char state, long... inodes) {
        int[] fds = new int[inodes.length];
        for (int i = 0; i < fds.length; i++) {
            fds[i] = 3 + i;
        }
        String stat = pid + " (" + comm + ") " + state + " 1 " + pid;
        return new Owners.Holder(
                pid, comm.getBytes(StandardCharsets.UTF_8), stat.getBytes(StandardCharsets.UTF_8), new byte[0], fds,
                inodes);
    }

    /** Returns the process with the start in ticks after the boot that its stat shows. */
    public static Owners.Holder startedAt(long ticks, Owners.Holder p) {
        String stat = new String(p.stat(), StandardCharsets.UTF_8);
        String fields = stat.substring(0, stat.lastIndexOf(')') + 3) + " 0".repeat(18) + " " + ticks + " 0";
        return new Owners.Holder(
                p.pid(), p.comm(), fields.getBytes(StandardCharsets.UTF_8), p.cgroup(), p.fds(), p.inodes());
    }

    public WrittenCapture write(CaptureRecord record) {
        try {
            writer.write(record);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ByteOrder order() {
        return order;
    }

    /** The number of the open snapshot. */
    public int index() {
        return snapshot;
    }

    /** Ends the file and returns its path. */
    public Path finish() {
        endSnapshot();
        try {
            writer.finish();
            writer.close();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the file and reads it back. */
    public List<Snapshot> read() {
        List<Snapshot> snapshots = new ArrayList<>();
        finish();
        try {
            try (SnapshotReader reader = SnapshotReader.open(file)) {
                Snapshot s;
                while ((s = reader.next()) != null) {
                    snapshots.add(s);
                }
            }
            return snapshots;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
