package dev.sockreel.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.Origin;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.capture.record.Threads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records with a different value in each field, so that swapped fields are noticed. */
final class SampleRecords {
    static final UUID CAPTURE_ID = UUID.fromString("01020304-0506-0708-890a-0b0c0d0e0f10");

    static ReceiveTime time(long n) {
        return new ReceiveTime(1_790_000_000_000_000_000L + n, 5_000_000_000L + n);
    }

    static CaptureHeader header(int part) {
        return new CaptureHeader(CAPTURE_ID, part, time(1), ByteOrder.LITTLE_ENDIAN, "sockreel test ü");
    }

    /** Returns one snapshot with a record of every type that may occur in one. */
    static List<CaptureRecord> snapshot(int number) {
        int dump = number * 10 + 1;
        List<CaptureRecord> all = new ArrayList<>();
        all.add(new SnapshotBegin(number, time(100 + number)));
        all.add(new NetworkNamespace(2, 4026531840L, 3, "blue",
                List.of(new NetworkNamespace.Interface(1, "lo"), new NetworkNamespace.Interface(7, "eth0"))));
        all.add(proc(number, "nf_conntrack 16\n"));
        all.add(new DumpBegin(dump, number, 2, "tcp4", DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 32768,
                time(200), new byte[] {9, 8, 7}));
        all.add(datagram(dump, 0, 1 + number));
        all.add(datagram(dump, 1, 40));
        all.add(new DumpEnd(dump, DumpEnd.Outcome.CALL_FAILED, 105, 2, "recvmsg", time(300)));
        all.add(owners(number));
        all.add(new RecorderNote(number, dump, RecorderNote.Kind.MISSED_TICKS, 3, time(400), "three ticks passed"));
        all.add(new SnapshotEnd(number, 1, time(500)));
        return all;
    }

    static HostEvidence host() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(HostEvidence.BOOT_ID, "6c3c3a5e");
        facts.put("something-new", "");
        return new HostEvidence(facts);
    }

    static Datagram datagram(int dump, int number, int bytes) {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) (dump * 31 + number * 7 + i);
        }
        return new Datagram(dump, number, Datagram.MASKED, Datagram.MSG_TRUNC, 0xffff_fff0L, 77, time(250 + number),
                Unpooled.wrappedBuffer(data));
    }

    static ProcText proc(int snapshot, String text) {
        return new ProcText(snapshot, 2, "/proc/modules", ProcText.When.AFTER_DUMPS, 2, 1, true, time(150),
                Unpooled.wrappedBuffer(text.getBytes(UTF_8)));
    }

    static Owners owners(int snapshot) {
        return new Owners(snapshot, true, 0, true, time(310), time(320), 11, 12, 13, List.of(
                new Owners.Holder(4242, new byte[] {'n', (byte) 0xff}, "4242 (n) S".getBytes(UTF_8),
                        "/system".getBytes(UTF_8), new int[] {3, 4}, new long[] {1L << 40, 99})));
    }

    /** Returns a note after which datagrams of any dump may follow: the begin of their dump may be lost. */
    static RecorderNote lossNote() {
        return new RecorderNote(-1, -1, RecorderNote.Kind.LOST_BEFORE_RECOVERY, 1, time(1), "");
    }

    private static List<CaptureRecord> aboutProcesses(int snapshot) {
        return List.of(
                new Processes(snapshot, time(330), List.of(new Processes.Facts(
                        4242, 1L << 33, 1000, "amelie", Processes.CMDLINE_MASKED, "a\0b\0".getBytes(UTF_8),
                        "0::/system\n".getBytes(UTF_8), 4_026_531_840L, 62))),
                new Threads(snapshot, time(340), Threads.BUDGET_SPENT, List.of(new Threads.Process(4242, 0, List.of(
                        new Threads.Thread(4243, 'S', 44, 7, 0, "sock_alloc_send_pskb"),
                        new Threads.Thread(4244, 'R', Threads.RUNNING, Threads.NO_ARGUMENT, 0, ""))))),
                new ClosedSockets(snapshot, 2, 5, 0, time(350), Unpooled.wrappedBuffer(new byte[] {1, 2, 3})),
                new HostNamespaces(snapshot, time(360), 3, List.of(
                        new HostNamespaces.Namespace(4_026_531_840L, 17, "blue", 1, "init"))),
                new OwnSockets(snapshot, 2, List.of(new OwnSockets.Own(77, 0x2001), new OwnSockets.Own(0, -2))));
    }

    /** Returns one record of each type of the file: also Delta, which readers replace. */
    static List<CaptureRecord> everyStoredType() {
        List<CaptureRecord> all = new ArrayList<>(everyType());
        all.add(new Delta(61, 60, 40, 3, 2, true, Unpooled.wrappedBuffer(new byte[] {7, 8, 9})));
        return all;
    }

    /** Returns one record of each type that a reader returns. */
    static List<CaptureRecord> everyType() {
        List<CaptureRecord> all = new ArrayList<>();
        all.add(header(3));
        all.add(host());
        List<CaptureRecord> six = snapshot(6);
        all.addAll(six.subList(0, six.size() - 1));
        all.addAll(aboutProcesses(6));
        all.add(six.getLast());
        all.add(new CaptureClose(5, time(900)));
        return all;
    }

    /** Returns type and body; records are equal when their bytes are. */
    static String show(CaptureRecord record) {
        ByteBuf body = Unpooled.buffer();
        record.encode(body);
        return record.type() + ":" + ByteBufUtil.hexDump(body);
    }

    private SampleRecords() {}
}
