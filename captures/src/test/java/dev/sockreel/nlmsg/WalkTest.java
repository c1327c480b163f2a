package dev.sockreel.nlmsg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares both walks with the oracle, for dumps with cuts, flips and wrong lengths, in both byte orders. */
class WalkTest {
    static List<ByteOrder> orders() {
        return List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyCut(ByteOrder order) {
        byte[] dump = dump(order);
        for (int length = 0; length <= dump.length; length++) {
            check(dump, length, order, "cut at " + length);
            // Cut inside the array, too: nothing after the end may be read.
            check(Arrays.copyOf(dump, length), length, order, "alone, cut at " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyBitFlip(ByteOrder order) {
        byte[] dump = dump(order);
        for (int bit = 0; bit < dump.length * 8; bit++) {
            dump[bit / 8] ^= (byte) (1 << bit % 8);
            check(dump, dump.length, order, "bit " + bit);
            dump[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyByteAllOnesAndAllZeros(ByteOrder order) {
        byte[] dump = dump(order);
        for (int at = 0; at + 4 <= dump.length; at++) {
            for (byte value : new byte[] {0, -1, 0x7f}) {
                byte[] hostile = dump.clone();
                Arrays.fill(hostile, at, at + 4, value);
                check(hostile, hostile.length, order, value + " at " + at);
            }
        }
    }

    /** An intact dump yields its whole content. */
    @Test
    void aRightDumpIsWalkedToItsEnd() {
        byte[] dump = dump(ByteOrder.LITTLE_ENDIAN);
        List<String> walked = walkMessages(dump, dump.length, ByteOrder.LITTLE_ENDIAN);
        assertEquals(4, walked.size());
        assertEquals("END", walked.getLast());
    }

    @Test
    void theLastMessageMayLackItsPadding() {
        byte[] message = NlmsgBuilder.of(ByteOrder.LITTLE_ENDIAN, 20).body(new byte[] {1, 2, 3}).toBytes();
        byte[] bare = Arrays.copyOf(message, 19);
        assertEquals(List.of("0+19 20/2/0/0", "END").size(), walkMessages(bare, 19, ByteOrder.LITTLE_ENDIAN).size());
        check(bare, 19, ByteOrder.LITTLE_ENDIAN, "bare");
    }

    @Test
    void theReaderDoesNotReadPastItsEnd() {
        WireReader in = new WireReader(Unpooled.wrappedBuffer(new byte[64]), 10, ByteOrder.BIG_ENDIAN);
        assertThrows(IndexOutOfBoundsException.class, () -> in.u8(10));
        assertThrows(IndexOutOfBoundsException.class, () -> in.u16(9));
        assertThrows(IndexOutOfBoundsException.class, () -> in.u32(7));
        assertThrows(IndexOutOfBoundsException.class, () -> in.u64(3));
        assertThrows(IndexOutOfBoundsException.class, () -> in.be16(9));
        assertThrows(IndexOutOfBoundsException.class, () -> in.bytes(5, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> in.bytes(5, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> in.u8(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> in.wrap(in.buf(), 65, ByteOrder.BIG_ENDIAN));
        assertFalse(in.fits(Integer.MAX_VALUE, 4));
        assertFalse(in.fits(4, Integer.MAX_VALUE));
    }

    private static void check(byte[] bytes, int length, ByteOrder order, String what) {
        List<String> expected = Oracle.messages(bytes, length, order);
        assertEquals(expected, walkMessages(bytes, length, order), what);
        for (String message : expected) {
            if (Character.isDigit(message.charAt(0))) {
                int at = Integer.parseInt(message.substring(0, message.indexOf('+')));
                int end = at + Integer.parseInt(message.substring(message.indexOf('+') + 1, message.indexOf(' ')));
                for (int header : new int[] {16, 72}) {
                    int from = at + 16 + header;
                    assertEquals(Oracle.attributes(bytes, from, end, order),
                            walkAttributes(bytes, length, from, end, order), what);
                }
            }
        }
    }

    private static List<String> walkMessages(byte[] bytes, int length, ByteOrder order) {
        NlmsgWalk walk = new NlmsgWalk(new WireReader(Unpooled.wrappedBuffer(bytes), length, order), 0);
        List<String> out = new ArrayList<>();
        while (walk.next()) {
            assertEquals(walk.offset() + walk.length(), walk.end());
            assertEquals(walk.end(), walk.payload() + walk.payloadBytes());
            out.add(walk.offset() + "+" + walk.length() + " " + walk.type() + "/" + walk.flags() + "/" + walk.seq()
                    + "/"
                    + walk.pid());
        }
        assertFalse(walk.next());
        assertTrue(walk.offset() <= length, "it stops inside the buffer");
        out.add(walk.stop().name());
        return out;
    }

    private static List<String> walkAttributes(byte[] bytes, int length, int from, int to, ByteOrder order) {
        NlattrWalk walk = new NlattrWalk(new WireReader(Unpooled.wrappedBuffer(bytes), length, order), from, to);
        List<String> out = new ArrayList<>();
        while (walk.next()) {
            assertEquals(walk.offset() + 4, walk.value());
            out.add(walk.offset() + "+" + (walk.valueBytes() + 4) + " " + walk.type());
        }
        out.add(walk.broken() ? "broken" : "end");
        return out;
    }

    /** Returns attributes with odd lengths, an empty one, flags in the type, a nested one; then DONE. */
    private static byte[] dump(ByteOrder order) {
        return new DumpBuilder()
                .add(InetDiagMsgBuilder.in(order).local("127.0.0.1", 80).inode(5).skmeminfo(1, 2, 3)
                        .attributes(a -> a.u8(8, 3).text(4, "cubic").bytes(99, new byte[0]).u32(0x8000 | 15, 7)))
                .add(UnixDiagMsgBuilder.in(order).name("/run/x".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .rqlen(5, 6).attributes(a -> a.nested(0x4000 | 200, n -> n.u16(1, 2))))
                .add(NlmsgBuilder.done(order, 0))
                .toBytes();
    }
}
