package dev.sockreel.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.export.Exporters;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.verdict.WrittenCapture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests listeners that are in the dump of all unix sockets and, with waiting clients, in that of listeners. */
class UnitedAttributesTest {
    private static final long ALL_BUT_ICONS = 0x1 | 0x2 | 0x4 | 0x10 | 0x20 | 0x40;
    private static final long ICONS = 0x8;

    private static UnixDiagMsgBuilder listener(ByteOrder order) {
        return UnixDiagMsgBuilder.in(order).state(Uapi.TCP_LISTEN).inode(500).cookie(9).header(h -> h.seq(1));
    }

    private static List<byte[]> all(ByteOrder order) {
        return new DumpBuilder()
                .add(UnixDiagMsgBuilder.in(order).inode(501).cookie(10).rqlen(5, 0).peer(502).header(h -> h.seq(1)))
                .add(listener(order).name("\0here".getBytes(StandardCharsets.US_ASCII)).rqlen(2, 128).uid(33))
                .add(NlmsgBuilder.done(order, 0).seq(1))
                .datagrams(32768);
    }

    private static List<byte[]> icons(ByteOrder order) {
        return new DumpBuilder()
                .add(listener(order).icons(601, 602))
                .add(NlmsgBuilder.done(order, 0).seq(1))
                .datagrams(32768);
    }

    private static List<Map<String, @Nullable Object>> ndjson(Snapshot snapshot) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Exporters.of("ndjson").orElseThrow().to(out).write(snapshot);
        return JsonTree.lines(out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneRowHasTheAttributesOfBoth(boolean little) throws IOException {
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Snapshot snapshot = WrittenCapture.begin(order).snapshot(0)
                // The order of the dumps in the source does not matter.
                .dump("unix-icons", DiagRequest.unix(order, 1L << Uapi.TCP_LISTEN, 0, ICONS, 0), icons(order))
                .dump("unix", DiagRequest.unix(order, 0xffffffffL, 0, ALL_BUT_ICONS, 0), all(order))
                .read().getFirst();
        assertEquals(List.of("unix-icons", "unix"), snapshot.dumps().stream().map(Dump::family).toList());
        List<Map<String, @Nullable Object>> rows = ndjson(snapshot);
        assertEquals(2, rows.size());
        Map<String, @Nullable Object> listener = rows.get(1);
        assertEquals("@here", listener.get("local"));
        assertEquals(2L, listener.get("recvQ"));
        assertEquals(128L, listener.get("sendQ"));
        assertEquals(33L, listener.get("uid"));
        Map<String, @Nullable Object> attributes = JsonTree.asObject(listener.get("attributes"));
        assertEquals(List.of(601L, 602L), attributes.get("UNIX_DIAG_ICONS"));
        assertEquals(Map.of("udiag_rqueue", 2L, "udiag_wqueue", 128L), attributes.get("UNIX_DIAG_RQLEN"));
    }

    /** If the dump of all ends before the listener, the other dump's row is shown. */
    @Test
    void aListenerThatOnlyTheOtherDumpHasIsShown() throws IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        List<byte[]> empty = new DumpBuilder().add(NlmsgBuilder.done(order, 0).seq(1)).datagrams(32768);
        Snapshot snapshot = WrittenCapture.begin(order).snapshot(0)
                .dump("unix", DiagRequest.unix(order, 0xffffffffL, 0, ALL_BUT_ICONS, 0), empty)
                .dump("unix-icons", DiagRequest.unix(order, 1L << Uapi.TCP_LISTEN, 0, ICONS, 0), icons(order))
                .read().getFirst();
        Map<String, @Nullable Object> only = ndjson(snapshot).getFirst();
        assertEquals("9", only.get("cookie"));
        assertNull(only.get("recvQ"), "RQLEN was not asked for there");
        assertEquals("pending-connections", only.get("recvQMeaning"));
        assertEquals("not-requested", JsonTree.asObject(only.get("unknown")).get("recvQ"));
    }

    @Test
    void aReceiverThatWaitedIsNoted() {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        WrittenCapture capture = WrittenCapture.begin(order).snapshot(0);
        List<byte[]> datagrams = all(order);
        NlmsgBuilder request = DiagRequest.unix(order, 0xffffffffL, 0, ALL_BUT_ICONS, 0);
        capture.write(
                new dev.sockreel.capture.record.DumpBegin(0, 0, 0, "unix", 0,
                        dev.sockreel.capture.record.DumpBegin.Origin.LIVE,
                        dev.sockreel.capture.record.DumpBegin.KNOWS_ALL, 32768, ReceiveTime.NONE, request.toBytes()));
        capture.write(new RecorderNote(0, 0, RecorderNote.Kind.RECEIVER_WAITED, 5, ReceiveTime.NONE, "waited 5 ns"));
        capture.write(
                new dev.sockreel.capture.record.Datagram(0, 0, 0, 0, datagrams.getFirst().length, 0, ReceiveTime.NONE,
                        io.netty.buffer.Unpooled.wrappedBuffer(datagrams.getFirst())));
        capture.write(new dev.sockreel.capture.record.DumpEnd(
                0, dev.sockreel.capture.record.DumpEnd.Outcome.DONE, 0, 1, "", ReceiveTime.NONE));
        Dump dump = capture.read().getFirst().dumps().getFirst();
        assertEquals(List.of(DumpFault.RECEIVER_WAITED), dump.faults().stream().map(Fault::kind).toList());
        assertEquals(DumpVerdict.COMPLETE, dump.verdict());
    }
}
