package dev.sockreel.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.sockreel.fuzz.Seeds;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Builds small captures with a record of every type. */
public final class SeedCapture {
    private static final UUID ID = new UUID(1, 9);

    /** Returns two snapshots of a few sockets, with tables of /proc/net for families without a handler. */
    public static byte[] plain() {
        return PlainFile.of(head(ByteOrder.LITTLE_ENDIAN), snapshot(0), snapshot(1), List.of(PlainFile.close()));
    }

    private static List<CaptureRecord> head(ByteOrder order) {
        return List.of(
                new CaptureHeader(ID, 0, time(0), order, "a seed"),
                new HostEvidence(Map.of(HostEvidence.BOOT_ID, "boot", HostEvidence.HOSTNAME, "host")));
    }

    /** Returns one snapshot of one dump with the given datagrams. */
    public static byte[] plain(ByteOrder order, DumpBegin begin, List<Datagram> datagrams, DumpEnd end) {
        List<CaptureRecord> records = new ArrayList<>(head(order));
        records.add(new SnapshotBegin(0, time(1)));
        records.add(begin);
        records.addAll(datagrams);
        records.add(end);
        records.add(new SnapshotEnd(0, 1, time(2)));
        records.add(PlainFile.close());
        return PlainFile.of(records);
    }

    private static List<CaptureRecord> snapshot(int n) {
        List<CaptureRecord> all = new ArrayList<>();
        all.add(new SnapshotBegin(n, time(10 * n + 1)));
        all.add(new NetworkNamespace(0, 4026531840L, 1, "", List.of(new NetworkNamespace.Interface(1, "lo"))));
        dump(all, n, 3 * n, "tcp4", 1);
        dump(all, n, 3 * n + 1, "unix", 3);
        all.add(new DumpBegin(3 * n + 2, n, 0, "raw4", DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 32768,
                time(10 * n + 2), Seeds.request("raw4")));
        all.add(new DumpEnd(3 * n + 2, DumpEnd.Outcome.NOT_LOADED, 2, 0, "", time(10 * n + 2)));
        all.add(new ProcText(n, 0, "/proc/net/raw", ProcText.When.INSTEAD_OF_DUMP, 0, 0, true, time(10 * n + 3),
                Unpooled.wrappedBuffer(Seeds.procText("raw", 3))));
        all.add(new Owners(n, n == 0, 0, true, time(10 * n + 3), time(10 * n + 4), 1, 0, 0, List.of(new Owners.Holder(
                42, "a b) (c".getBytes(UTF_8), "42 (a b) (c) S 1 42".getBytes(UTF_8), "/x".getBytes(UTF_8),
                new int[] {3, 4}, new long[] {10625, 10363}))));
        all.add(new RecorderNote(n, 3 * n, RecorderNote.Kind.RECEIVER_WAITED, 5, time(10 * n + 5), "it waited"));
        all.add(new SnapshotEnd(n, 3, time(10 * n + 5)));
        return all;
    }

    private static void dump(List<CaptureRecord> all, int snapshot, int dump, String name, int sockets) {
        all.add(new DumpBegin(dump, snapshot, 0, name, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 32768,
                time(10 * snapshot + 1), Seeds.request(name)));
        byte[] data = Seeds.dump(name, sockets);
        all.add(new Datagram(dump, 0, 0, 0, data.length, 0, time(10 * snapshot + 2), Unpooled.wrappedBuffer(data)));
        all.add(new DumpEnd(dump, DumpEnd.Outcome.DONE, 0, 1, "", time(10 * snapshot + 2)));
    }

    /** Returns the time some seconds after the capture's begin. */
    public static ReceiveTime time(long seconds) {
        return new ReceiveTime((1_800_000_000L + seconds) * 1_000_000_000L, seconds * 1_000_000_000L);
    }

    private SeedCapture() {}
}
