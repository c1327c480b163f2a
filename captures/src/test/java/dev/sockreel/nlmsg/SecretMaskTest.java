package dev.sockreel.nlmsg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that TCP-MD5 keys never reach the file. Only the keys consist of bytes 0xA5, so the expected zeros are known
 * without decoding.
 */
class SecretMaskTest {
    private static final byte KEY = (byte) 0xA5;
    /** INET_DIAG_MD5SIG of uapi/linux/inet_diag.h. */
    private static final int INET_DIAG_MD5SIG = 18;
    private static final int NLA_F_NESTED = 0x8000;
    private static final int NLA_F_NET_BYTEORDER = 0x4000;

    static List<ByteOrder> orders() {
        return List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void keysBecomeZeroAndNothingElseChanges(ByteOrder order) {
        for (int flags : new int[] {0, NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_F_NESTED | NLA_F_NET_BYTEORDER}) {
            byte[] dump = dump(order, flags);
            assertEquals(5 * 80, count(dump, dump.length));
            checkMasked(dump, dump.length, order);
        }
    }

    /** A small buffer can cut a datagram anywhere, even inside a key. */
    @ParameterizedTest
    @MethodSource("orders")
    void inEveryCutOfTheDatagram(ByteOrder order) {
        byte[] dump = dump(order, 0);
        for (int length = 0; length <= dump.length; length++) {
            checkMasked(dump, length, order);
            checkMasked(Arrays.copyOf(dump, length), length, order);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theOldRequestsRepliesAndIpv6Too(ByteOrder order) {
        byte[] dump = new DumpBuilder()
                .add(InetDiagMsgBuilder.in(order).header(h -> h.type(Nlmsghdr.TCPDIAG_GETSOCK))
                        .attributes(a -> a.bytes(INET_DIAG_MD5SIG, keys(1))))
                .add(InetDiagMsgBuilder.in(order).family(Family.AF_INET6)
                        .attributes(a -> a.bytes(INET_DIAG_MD5SIG, keys(1))))
                .toBytes();
        checkMasked(dump, dump.length, order);
    }

    /** The number has another meaning in other families, whose dumps are kept even where they cannot be read. */
    @ParameterizedTest
    @MethodSource("orders")
    void theSameNumberElsewhereIsLeftAlone(ByteOrder order) {
        byte[] dump = new DumpBuilder()
                .add(UnixDiagMsgBuilder.in(order).attributes(a -> a.bytes(INET_DIAG_MD5SIG, keys(1))))
                .add(NlmsgBuilder.of(order, 16).body(keys(1)))
                .toBytes();
        for (int length = 0; length <= dump.length; length++) {
            ByteBuf buf = Unpooled.wrappedBuffer(dump.clone());
            assertEquals(0, new SecretMask(buf).mask(buf, length, order, Family.of("unix")));
            assertArrayEquals(dump, buf.array());
        }
    }

    /** A later kernel's attributes, which may be as long as keys. */
    @ParameterizedTest
    @MethodSource("orders")
    void unknownAttributesAreKept(ByteOrder order) {
        byte[] bytes = new byte[200];
        Arrays.fill(bytes, (byte) 0x77);
        byte[] dump = new DumpBuilder()
                .add(InetDiagMsgBuilder.in(order).attributes(a -> a.bytes(40, bytes).bytes(41, new byte[3])
                        .bytes(INET_DIAG_MD5SIG, keys(1)).bytes(2, Arrays.copyOf(bytes, 400))))
                .toBytes();
        checkMasked(dump, dump.length, order);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void noBitFlipMakesItThrow(ByteOrder order) {
        byte[] dump = dump(order, 0);
        SecretMask mask = new SecretMask(Unpooled.EMPTY_BUFFER);
        for (int bit = 0; bit < dump.length * 8; bit++) {
            byte[] flipped = dump.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            int masked = mask.mask(Unpooled.wrappedBuffer(flipped), flipped.length, order);
            assertEquals(true, masked >= 0 && masked <= flipped.length);
        }
    }

    private static void checkMasked(byte[] dump, int length, ByteOrder order) {
        byte[] expected = dump.clone();
        int cut = cutHeader(dump, length, order);
        for (int i = 0; i < length; i++) {
            expected[i] = expected[i] == KEY || i >= cut ? 0 : expected[i];
        }
        ByteBuf buf = Unpooled.wrappedBuffer(dump.clone());
        int masked = new SecretMask(buf).mask(buf, length, order);
        assertArrayEquals(expected, buf.array(), () -> "length " + length);
        assertEquals(changes(dump, buf.array()), masked);
        assertEquals(0, new SecretMask(buf).mask(buf, length, order), "a second time there is nothing left");
    }

    private static int count(byte[] bytes, int length) {
        int n = 0;
        for (int i = 0; i < length; i++) {
            n += bytes[i] == KEY ? 1 : 0;
        }
        return n;
    }

    /** Returns where a header begins of which the last bytes are cut off; {@code length} when none is. */
    private static int cutHeader(byte[] dump, int length, ByteOrder order) {
        int at = 0;
        while (length - at >= 16) {
            at += ByteBuffer.wrap(dump).order(order).getInt(at);
        }
        return Math.min(at, length);
    }

    private static int changes(byte[] before, byte[] after) {
        int changes = 0;
        for (int i = 0; i < before.length; i++) {
            changes += before[i] == after[i] ? 0 : 1;
        }
        return changes;
    }

    /** Returns three sockets: with one key, with none, with four between other attributes. */
    private static byte[] dump(ByteOrder order, int flags) {
        return new DumpBuilder()
                .add(InetDiagMsgBuilder.in(order).inode(7).attributes(a -> a.u8(8, 3)
                        .bytes(flags | INET_DIAG_MD5SIG, keys(1))))
                .add(InetDiagMsgBuilder.in(order).inode(8).skmeminfo(1, 2, 3))
                .add(InetDiagMsgBuilder.in(order).inode(9).attributes(a -> a.text(4, "cubic")
                        .bytes(flags | INET_DIAG_MD5SIG, keys(4)).u32(15, 5)))
                .add(NlmsgBuilder.done(order, 0))
                .toBytes();
    }

    /** struct tcp_diag_md5sig: family 1, prefix length 1, key length 2, address 16, key 80. */
    private static byte[] keys(int count) {
        byte[] all = new byte[count * 100];
        for (int i = 0; i < count; i++) {
            Arrays.fill(all, i * 100, i * 100 + 20, (byte) 1);
            Arrays.fill(all, i * 100 + 20, i * 100 + 100, KEY);
        }
        return all;
    }
}
