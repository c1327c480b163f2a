package dev.sockreel.sockdiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.fuzz.MessagesOf;
import dev.sockreel.fuzz.SocketCheck;
import dev.sockreel.nlmsg.SecretMask;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.MptcpInfo;
import dev.sockreel.sockdiag.attribute.SctpInfo;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructTable;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes each family's decoder with one message. The first byte steers: bit 0 is the byte order, bit 1 set if the
 * request is known; the second byte holds that request's extensions. Everything about the socket is read, see
 * {@link SocketCheck}, and must depend neither on bytes around the message nor on a key within it.
 */
class FamilyFuzzTest {
    private static final List<StructTable> STRUCTS =
            List.of(TcpInfo.TABLE, SctpInfo.TABLE, MptcpInfo.TABLE, SkMemInfo.TABLE, InetDiagMsg.TABLE);

    @MessagesOf({"tcp4", "tcp4_listen", "tcp_getsock"})
    @FuzzTest
    void tcp4(byte[] input) {
        check("tcp4", input);
    }

    @MessagesOf("tcp6")
    @FuzzTest
    void tcp6(byte[] input) {
        check("tcp6", input);
    }

    @MessagesOf({"udp4", "udp6", "udplite4"})
    @FuzzTest
    void udp(byte[] input) {
        check("udp4", input);
    }

    @MessagesOf({"raw4", "raw6"})
    @FuzzTest
    void raw(byte[] input) {
        check("raw6", input);
    }

    @MessagesOf("sctp4")
    @FuzzTest
    void sctp(byte[] input) {
        check("sctp4", input);
    }

    @MessagesOf("mptcp4")
    @FuzzTest
    void mptcp(byte[] input) {
        check("mptcp4", input);
    }

    @MessagesOf("tcp4_listen")
    @FuzzTest
    void dccp(byte[] input) {
        check("dccp4", input);
    }

    @MessagesOf("unix")
    @MethodSource("dev.sockreel.fuzz.BuiltMessages#unix")
    @FuzzTest
    void unix(byte[] input) {
        check("unix", input);
    }

    @MessagesOf("netlink")
    @FuzzTest
    void netlink(byte[] input) {
        check("netlink", input);
    }

    @MessagesOf("packet")
    @MethodSource("dev.sockreel.fuzz.BuiltMessages#packet")
    @FuzzTest
    void packet(byte[] input) {
        check("packet", input);
    }

    @MessagesOf("vsock")
    @FuzzTest
    void vsock(byte[] input) {
        check("vsock", input);
    }

    @MethodSource("dev.sockreel.fuzz.BuiltMessages#xdp")
    @FuzzTest
    void xdp(byte[] input) {
        check("xdp", input);
    }

    @MethodSource("dev.sockreel.fuzz.BuiltMessages#tipc")
    @FuzzTest
    void tipc(byte[] input) {
        check("tipc", input);
    }

    @MethodSource("dev.sockreel.fuzz.BuiltMessages#smc")
    @FuzzTest
    void smc(byte[] input) {
        check("smc", input);
    }

    private static void check(String family, byte[] input) {
        if (input.length < 3) {
            return;
        }
        ByteOrder order = (input[0] & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        DumpRequest request = request(DumpRequest.ofFamilyId(family), (input[0] & 2) != 0, input[1] & 0xff);
        SocketDecoder decoder = new SocketDecoder(request, order);
        byte[] message = Arrays.copyOfRange(input, 2, input.length);
        int length = message.length < 4 ? message.length : ByteBuffer.wrap(message).order(order).getInt();
        String alone = describe(decoder, Unpooled.wrappedBuffer(message), message.length, 0, length);
        for (int fill : new int[] {0, 0xff}) {
            byte[] within = new byte[message.length + 60];
            Arrays.fill(within, (byte) fill);
            System.arraycopy(message, 0, within, 20, message.length);
            assertEquals(alone, describe(decoder, Unpooled.wrappedBuffer(within), 20 + message.length, 20, length),
                    "the bytes around it change the result");
        }
        if (request.isInet()) {
            ByteBuf masked = Unpooled.wrappedBuffer(message.clone());
            SecretMask mask = new SecretMask(masked);
            mask.mask(masked, message.length, order);
            if (mask.last().unreadable() == 0) {
                assertEquals(alone, describe(decoder, masked, message.length, 0, length), "a key shows");
            }
        }
    }

    private static DumpRequest request(DumpRequest base, boolean known, int show) {
        return known
                ? new DumpRequest(base.nlmsgType(), base.family(), base.protocol(), base.states(), show, true, true,
                        false, 1)
                : base;
    }

    private static String describe(SocketDecoder decoder, ByteBuf buf, int end, int offset, int length) {
        DiagSocket s = decoder.at(buf, end, offset, length);
        if (s == null) {
            return "no socket";
        }
        assertEquals(Math.min(length, end - offset), s.messageBytes());
        assertTrue(length <= end - offset || s.attributesBroken(), "a cut message is not whole");
        fields(s, s.hold());
        if (s.request().isInet()) {
            assertEquals(LoopbackEnd.local(s), LoopbackEnd.local(s.hold()));
            assertEquals(LoopbackEnd.peer(s), LoopbackEnd.peer(s.hold()));
        }
        return SocketCheck.describe(s);
    }

    private static void fields(DiagSocket s, DiagSocket held) {
        for (StructTable struct : STRUCTS) {
            for (StructField field : struct.fields()) {
                boolean known = s.value(field).isPresent();
                assertEquals(s.value(field).orElse(-1), s.value(field, -1), field::name);
                assertEquals(s.value(field), held.value(field), field::name);
                assertNotNull(known ? "" : s.whyUnknown(field), field::name);
            }
        }
    }
}
