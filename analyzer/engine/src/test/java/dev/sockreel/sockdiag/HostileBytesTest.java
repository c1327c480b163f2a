package dev.sockreel.sockdiag;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes cut and flipped messages: a socket or null, no exception, no read past the end. */
class HostileBytesTest {
    /** Reads every value. */
    private static void readAll(Socket s) {
        s.netid();
        s.state();
        s.local();
        s.peer();
        s.unknown();
        s.cookie();
        s.inode();
        s.uid();
        s.ifindex();
        s.peerInode();
        s.fileInode();
        s.fileDevice();
        s.ulp();
        s.waiting();
        s.eofUnread();
        s.value(TcpInfo.BYTES_RECEIVED);
        s.value(SkMemInfo.DROPS);
        s.attributes(new JsonText());
        assertEquals(s.toString(), s.hold().toString());
    }

    /** Returns one message of each shape: the same attributes with the same lengths are the same shape. */
    private static List<byte[]> messages(String dump) {
        List<byte[]> messages = new ArrayList<>();
        Set<String> shapes = new HashSet<>();
        for (CapturedSockets.Message m : CapturedSockets.messages(Capture.MODS, dump)) {
            byte[] bytes = new byte[m.length()];
            m.buf().getBytes(m.offset(), bytes);
            StringBuilder shape = new StringBuilder().append(bytes.length);
            shape.append('/').append(bytes.length > 18 ? bytes[17] + "." + bytes[18] : "");
            if (shapes.add(shape.toString())) {
                messages.add(bytes);
            }
        }
        return messages;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "tcp4", "tcp6", "udp4", "udp6", "udplite4", "raw4", "raw6", "sctp4", "mptcp4", "unix", "packet", "netlink",
        "vsock", "tcp_getsock", "dccp4", "xdp", "tcp4_trunc", "unix_trunc"})
    void cutAtEveryByte(String dump) {
        SocketDecoder decoder = new SocketDecoder(
                CapturedSockets.parsedRequest(Capture.MODS, dump), ByteOrder.LITTLE_ENDIAN);
        for (byte[] message : messages(dump)) {
            for (int end = 0; end < message.length; end++) {
                ByteBuf cut = Unpooled.wrappedBuffer(Arrays.copyOf(message, end));
                DiagSocket s = decoder.at(cut, end, 0, message.length);
                if (s != null) {
                    assertTrue(s.attributesBroken(), "cut at " + end);
                    assertDoesNotThrow(() -> readAll(s));
                }
                // The same with bytes of the next message after the end, which must not be read.
                byte[] longer = message.clone();
                Arrays.fill(longer, end, longer.length, (byte) 0xff);
                DiagSocket t = decoder.at(Unpooled.wrappedBuffer(longer), end, 0, message.length);
                assertEquals(s == null, t == null);
                if (t != null) {
                    assertEquals(JsonText.of(t), text(decoder, cut, end, message.length));
                }
                // And as a message whose own length is that short.
                assertDoesNotThrow(() -> {
                    DiagSocket u = decoder.at(cut, cut.capacity(), 0, cut.capacity());
                    if (u != null) {
                        readAll(u);
                    }
                });
            }
        }
    }

    private static String text(SocketDecoder decoder, ByteBuf buf, int end, int length) {
        DiagSocket s = decoder.at(buf, end, 0, length);
        return s == null ? "" : JsonText.of(s);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "tcp4", "tcp6", "udp4", "raw6", "sctp4", "mptcp4", "unix", "packet", "netlink", "vsock", "tcp_getsock"})
    void everyBitFlipped(String dump) {
        SocketDecoder decoder = new SocketDecoder(
                CapturedSockets.parsedRequest(Capture.MODS, dump), ByteOrder.LITTLE_ENDIAN);
        SocketDecoder wrongOrder = new SocketDecoder(
                CapturedSockets.parsedRequest(Capture.MODS, dump), ByteOrder.BIG_ENDIAN);
        for (byte[] message : messages(dump)) {
            ByteBuf buf = Unpooled.wrappedBuffer(message);
            for (int bit = 0; bit < message.length * 8; bit++) {
                message[bit / 8] ^= (byte) (1 << bit % 8);
                int flipped = bit;
                assertDoesNotThrow(() -> {
                    DiagSocket s = decoder.at(buf, buf.capacity(), 0, buf.capacity());
                    if (s != null) {
                        readAll(s);
                    }
                    DiagSocket w = wrongOrder.at(buf, buf.capacity(), 0, buf.capacity());
                    if (w != null) {
                        readAll(w);
                    }
                }, () -> "bit " + flipped);
                message[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    /** Passes every family's replies to every other family's decoder. */
    @ParameterizedTest
    @ValueSource(strings = {
        "tcp4", "udp4", "mptcp4", "sctp4", "raw4", "unix", "unix-icons", "packet", "netlink", "vsock", "xdp", "tipc",
        "smc", "tcp", "dccp4", "nonsense"})
    void wrongFamily(String familyId) {
        SocketDecoder decoder = new SocketDecoder(DumpRequest.ofFamilyId(familyId), ByteOrder.LITTLE_ENDIAN);
        for (String dump : CapturedSockets.WHOLE_DUMPS) {
            for (byte[] message : messages(dump)) {
                DiagSocket s = decoder.at(Unpooled.wrappedBuffer(message), message.length, 0, message.length);
                if (s != null) {
                    readAll(s);
                }
            }
        }
    }

    /** diag_inode has 64 bits; a negative value is no inode and has a reason. */
    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, -4711})
    void anInodeThatNoKernelHas(long inode) {
        byte[] message = NlmsgBuilder.socket(ByteOrder.BIG_ENDIAN)
                .body(ByteBuffer.allocate(64).put(0, (byte) 2).putLong(56, inode).array()).toBytes();
        DiagSocket s = CapturedSockets.decode(DumpRequest.ofFamilyId("smc"), ByteOrder.BIG_ENDIAN, message);
        assertEquals(Socket.UNKNOWN, s.inode());
        assertEquals(Unknown.ATTRIBUTE_ABSENT, s.unknown().get("inode"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 15, 16, 17, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anyOffsetAndLength(int number) {
        SocketDecoder decoder = new SocketDecoder(DumpRequest.ofFamilyId("tcp4"), ByteOrder.LITTLE_ENDIAN);
        ByteBuf buf = Unpooled.wrappedBuffer(new byte[200]);
        assertNull(decoder.at(buf, 200, number, 200));
        assertNull(decoder.at(buf, 200, 0, number));
        assertNull(decoder.at(buf, number, 0, 200));
        assertNull(decoder.at(buf, number, number, number));
    }
}
