package dev.sockreel.benchmarks.repeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repeats a capture of three snapshots, a second apart, whose messages are made of the kernel's structs. */
class LongSeriesTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int SILENT = 11;
    private static final int TALKER = 12;
    private static final int OPENED = 77;
    private static final int RECORDERS = 99;
    private static final int MESSAGE_HEADER = 16;
    /** Behind nlmsghdr: offset of idiag_cookie in inet_diag_msg, and of the first attribute's value. */
    private static final int COOKIE_AT = MESSAGE_HEADER + 44;
    private static final int INFO_AT = MESSAGE_HEADER + 72 + 4;

    private final List<CaptureRecord> written = new ArrayList<>();
    private Path folder = Path.of("");
    private Path original = Path.of("");

    @BeforeEach
    void original(@TempDir Path temporary) throws IOException {
        folder = temporary;
        original = temporary.resolve("original.reel");
        try (CaptureWriter writer = CaptureWriter.create(original,
                new CaptureHeader(new UUID(1, 2), 0, at(0), ByteOrder.LITTLE_ENDIAN, "a test"))) {
            writer.write(new HostEvidence(Map.of(HostEvidence.BOOT_ID, "5a8ff9c7-0d36-44d2-97a2-4f5c5d4e11aa")));
            snapshot(writer, 0, socket(SILENT, 5000, 10), socket(TALKER, 50, 100));
            snapshot(writer, 1, socket(SILENT, 6000, 10), socket(OPENED, 20, 1), socket(TALKER, 1052, 100));
            snapshot(writer, 2, socket(SILENT, 7000, 10), socket(OPENED, 1020, 1), socket(TALKER, 30, 700));
            writer.finish();
        }
    }

    private static ReceiveTime at(int second) {
        return new ReceiveTime(1_800_000_000 * SECOND_NS + second * SECOND_NS, second * SECOND_NS);
    }

    private static InetDiagMsgBuilder socket(int cookie, int ageMs, long bytes) {
        return InetDiagMsgBuilder.in(ByteOrder.LITTLE_ENDIAN).cookie(cookie).inode(cookie).local("127.0.0.1", 80)
                .info(TcpInfoBuilder.ofLength(232).set("tcpi_last_data_sent", ageMs).set("tcpi_last_data_recv", ageMs)
                        .set("tcpi_last_ack_recv", ageMs).set("tcpi_bytes_acked", bytes).set("tcpi_segs_in", bytes / 10)
                        .set("tcpi_rtt", cookie));
    }

    private static void snapshot(CaptureWriter writer, int number, InetDiagMsgBuilder... sockets) throws IOException {
        writer.write(new SnapshotBegin(number, at(number)));
        writer.write(new NetworkNamespace(0, 4_026_531_840L, 1, "", List.of()));
        writer.write(new OwnSockets(number, 0, List.of(new OwnSockets.Own(5, RECORDERS))));
        writer.write(new DumpBegin(number, number, 0, "tcp4", DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                32_768, at(number), new byte[] {1}));
        DumpBuilder dump = new DumpBuilder();
        for (InetDiagMsgBuilder socket : sockets) {
            dump.add(socket);
        }
        byte[] bytes = dump.add(NlmsgBuilder.done(ByteOrder.LITTLE_ENDIAN, 0)).toBytes();
        writer.write(new Datagram(number, 0, 0, 0, bytes.length, 0, at(number), Unpooled.wrappedBuffer(bytes)));
        writer.write(new DumpEnd(number, DumpEnd.Outcome.DONE, 0, 1, "", at(number)));
        writer.write(new SnapshotEnd(number, 1, at(number)));
    }

    private void repeatTo(int snapshots) throws IOException {
        Path out = folder.resolve("long.reel");
        LongSeries.write(original, out, snapshots);
        written.clear();
        try (CaptureReader reader = CaptureReader.open(out)) {
            CaptureRecord record;
            while ((record = reader.next()) != null) {
                written.add(record);
            }
            assertEquals(List.of(), reader.damages());
            assertEquals(CaptureReader.Ending.CLOSED, reader.ending());
        }
    }

    private <T> List<T> all(Class<T> type) {
        return written.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns a word of a socket's tcp_info in each snapshot that has the socket, by its place in the dump. */
    private List<Integer> words(String field, int place) {
        return messages(place).stream().map(m -> m.getIntLE(INFO_AT + TcpInfoBuilder.offsetOf(field))).toList();
    }

    private List<Long> cookies(int place) {
        return messages(place).stream().map(m -> m.getLongLE(COOKIE_AT)).toList();
    }

    /** Returns the messages at a place from the dump's end, DONE aside: 1 is the talker, the others stand before it. */
    private List<ByteBuf> messages(int placeFromEnd) {
        List<ByteBuf> found = new ArrayList<>();
        for (Datagram datagram : all(Datagram.class)) {
            List<ByteBuf> messages = new ArrayList<>();
            int at = 0;
            while (at < datagram.data().readableBytes()) {
                int length = datagram.data().getIntLE(at);
                messages.add(datagram.data().slice(at, length));
                at += length + 3 & ~3;
            }
            found.add(messages.get(messages.size() - 1 - placeFromEnd));
        }
        return found;
    }

    @Test
    void numbersAndTimesGoOn() throws IOException {
        repeatTo(6);
        List<Integer> numbers = IntStream.range(0, 6).boxed().toList();
        assertEquals(numbers, all(SnapshotBegin.class).stream().map(SnapshotBegin::snapshot).toList());
        assertEquals(numbers, all(SnapshotEnd.class).stream().map(SnapshotEnd::snapshot).toList());
        assertEquals(numbers, all(DumpBegin.class).stream().map(DumpBegin::dump).toList());
        assertEquals(numbers, all(DumpBegin.class).stream().map(DumpBegin::snapshot).toList());
        assertEquals(numbers, all(Datagram.class).stream().map(Datagram::dump).toList());
        assertEquals(IntStream.range(0, 6).mapToObj(LongSeriesTest::at).toList(),
                all(Datagram.class).stream().map(Datagram::time).toList());
        assertEquals(1, all(HostEvidence.class).size());
    }

    @Test
    void silentSocketsGrowOlder() throws IOException {
        repeatTo(7);
        List<Integer> ages = all(Datagram.class).stream()
                .map(d -> d.data().getIntLE(INFO_AT + TcpInfoBuilder.offsetOf("tcpi_last_data_recv"))).toList();
        assertEquals(List.of(5000, 6000, 7000, 8000, 9000, 10_000, 11_000), ages);
    }

    @Test
    void whoTalksGoesOnTalking() throws IOException {
        repeatTo(7);
        assertEquals(List.of(50, 1052, 30, 1032, 30, 1032, 30), words("tcpi_last_data_sent", 1));
        assertEquals(List.of(100, 100, 700, 700, 1300, 1300, 1900), words("tcpi_bytes_acked", 1));
        assertEquals(List.of(10, 10, 70, 70, 130, 130, 190), words("tcpi_segs_in", 1));
        assertEquals(List.of(TALKER, TALKER, TALKER, TALKER, TALKER, TALKER, TALKER), words("tcpi_rtt", 1));
        assertEquals(List.of(12L, 12L, 12L, 12L, 12L, 12L, 12L), cookies(1));
    }

    @Test
    void whatWasOpenedIsAnotherSocketEachTime() throws IOException {
        repeatTo(7);
        List<Long> cookies = cookies(2);
        assertEquals(List.of((long) SILENT, 77L, 77L), cookies.subList(0, 3));
        assertEquals(cookies.get(3), cookies.get(4));
        assertEquals(cookies.get(5), cookies.get(6));
        assertEquals(3, cookies.subList(1, 7).stream().distinct().count(), cookies::toString);
        List<Long> own = all(OwnSockets.class).stream().map(o -> o.sockets().getFirst().cookie()).toList();
        assertEquals(3, own.stream().distinct().count(), own::toString);
    }

    @Test
    void aPartOfTheOriginalIsTheOriginal() throws IOException {
        repeatTo(1);
        assertEquals(1, all(SnapshotEnd.class).size());
        assertEquals(List.of(50), words("tcpi_last_data_sent", 1));
        assertThrows(IllegalArgumentException.class, () -> LongSeries.write(original, folder.resolve("none.reel"), 0));
    }

    @Test
    void oneSnapshotCannotBeRepeated() throws IOException {
        Path one = folder.resolve("one.reel");
        LongSeries.write(original, one, 1);
        assertThrows(IllegalArgumentException.class, () -> LongSeries.write(one, folder.resolve("two.reel"), 2));
    }
}
