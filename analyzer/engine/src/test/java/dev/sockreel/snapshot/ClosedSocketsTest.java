package dev.sockreel.snapshot;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.address.AddressText;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.history.Destroyed;
import dev.sockreel.history.HistoryRun;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import dev.sockreel.verdict.WrittenCapture;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the messages about destroyed sockets. */
class ClosedSocketsTest {
    private static final int INET_DIAG_PROTOCOL = 10;
    private static final int CLOSE = 7;
    private static final ReceiveTime TIME = new ReceiveTime(1_800_000_000_500_000_000L, 5);

    private static InetDiagMsgBuilder message(ByteOrder order, int protocol, long cookie, long rqueue, long wqueue) {
        return InetDiagMsgBuilder.in(order).state(CLOSE).local("127.0.0.1", 80).remote("127.0.0.1", 5000)
                .cookie(cookie).queues(rqueue, wqueue).uid(0).inode(0)
                .attributes(a -> a.bytes(INET_DIAG_PROTOCOL, new byte[] {(byte) protocol}));
    }

    private static ClosedSockets record(byte[]... messages) {
        return new ClosedSockets(0, 0, 0, 0, TIME, Unpooled.wrappedBuffer(messages));
    }

    private static List<ClosedSocket> closed(ByteOrder order, ClosedSockets record) {
        return WrittenCapture.begin(order).snapshot(0).write(record).read().getFirst().closedSockets();
    }

    @Test
    void tcpKeepsWhatWasDiscardedUnread() {
        for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
            TcpInfoBuilder info = TcpInfoBuilder.ofLength(232).set("tcpi_bytes_received", 4711);
            List<ClosedSocket> all = closed(order,
                    record(message(order, Uapi.IPPROTO_TCP, 42, 4711, 0).info(info).toBytes()));
            assertEquals(1, all.size());
            ClosedSocket s = all.getFirst();
            assertEquals(TIME, s.time());
            assertEquals(4026531840L, s.netns());
            assertEquals(4711, s.discarded());
            assertEquals("tcp", s.socket().netid());
            assertEquals(TcpState.CLOSE, s.socket().stateNumber());
            assertEquals("127.0.0.1:80", AddressText.of(requireNonNull(s.socket().local())));
            assertEquals(4711, s.socket().value(TcpInfo.BYTES_RECEIVED, 0));
            assertEquals(Socket.UNKNOWN, s.socket().uid());
        }
    }

    @Test
    void udpHasNoSendQueueAnyMore() {
        ClosedSocket s = closed(LITTLE_ENDIAN, record(
                message(LITTLE_ENDIAN, Uapi.IPPROTO_UDP, 43, 0, 0xffffffffL).toBytes())).getFirst();
        assertEquals("udp", s.socket().netid());
        assertEquals(Queue.NOT_MEASURED, s.sendQ());
        assertEquals(Socket.UNKNOWN, s.discarded());
    }

    @Test
    void severalMessagesAndOtherTypes() {
        byte[] tcp = message(LITTLE_ENDIAN, Uapi.IPPROTO_TCP, 1, 0, 0).toBytes();
        byte[] udp = message(LITTLE_ENDIAN, Uapi.IPPROTO_UDP, 2, 0, 0).toBytes();
        byte[] done = NlmsgBuilder.done(LITTLE_ENDIAN, 0).toBytes();
        byte[] remnant = {1, 2, 3};
        List<ClosedSocket> all = closed(LITTLE_ENDIAN, record(tcp, done, udp, remnant));
        assertEquals(List.of(1L, 2L), all.stream().map(s -> s.socket().cookie()).toList());
        assertEquals(List.of(), closed(LITTLE_ENDIAN, record(java.util.Arrays.copyOf(tcp, 40))));
    }

    @Test
    void aHistoryEndsWithIt() {
        NlmsgBuilder request = DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL);
        byte[] row = InetDiagMsgBuilder.in(LITTLE_ENDIAN).local("127.0.0.1", 80).remote("127.0.0.1", 5000)
                .cookie(42).inode(7).queues(9, 0).header(h -> h.seq(1)).toBytes();
        byte[] done = NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1).toBytes();
        byte[] gone = message(LITTLE_ENDIAN, Uapi.IPPROTO_TCP, 42, 9, 0).toBytes();
        List<Snapshot> two = WrittenCapture.begin(LITTLE_ENDIAN).snapshot(0)
                .dump("tcp4", request, new DumpBuilder().add(row).add(done).datagrams(32768))
                .snapshot(1).write(new ClosedSockets(1, 0, 0, 0, TIME, Unpooled.wrappedBuffer(gone)))
                .dump("tcp4", request, new DumpBuilder().add(done).datagrams(32768))
                .read();
        HistoryRun run = HistoryRun.where(r -> true);
        two.forEach(run::add);
        SocketHistory history = run.finish().getFirst();
        assertEquals(new Destroyed(TIME, 9), history.destroyed());
        HistoryRun first = HistoryRun.where(r -> true);
        first.add(two.getFirst());
        assertNull(first.finish().getFirst().destroyed());
    }
}
