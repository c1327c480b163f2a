package dev.sockreel.nlmsg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.fuzz.Seeds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes both walks and the reader below them, in both byte orders. */
class NetlinkWalkFuzzTest {
    /** The sizes of fixed headers of sock_diag's families, bytes. */
    private static final int[] FIXED_HEADERS = {0, 4, 16, 72};

    static Stream<byte[]> dumps() {
        return Stream.of("tcp4", "unix", "netlink", "mptcp4", "tcp4_one_absent").map(d -> Seeds.dump(d, 2));
    }

    @MethodSource("dumps")
    @FuzzTest
    void walk(byte[] input) {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            String alone = messages(input, input.length, order);
            for (int fill : new int[] {0, 0xff}) {
                byte[] longer = Arrays.copyOf(input, input.length + 100);
                Arrays.fill(longer, input.length, longer.length, (byte) fill);
                assertEquals(alone, messages(longer, input.length, order), "bytes after the end have an effect");
            }
        }
    }

    private static String messages(byte[] bytes, int end, ByteOrder order) {
        ByteBuffer plain = ByteBuffer.wrap(bytes).order(order);
        WireReader in = new WireReader(Unpooled.wrappedBuffer(bytes), end, order);
        NlmsgWalk walk = new NlmsgWalk(in, 0);
        StringBuilder out = new StringBuilder();
        int expected = 0;
        while (walk.next()) {
            assertEquals(expected, walk.offset(), "a message begins where the one before ends");
            assertEquals(plain.getInt(walk.offset()), walk.length());
            assertEquals(plain.getShort(walk.offset() + 4) & 0xffff, walk.type());
            assertEquals(plain.getShort(walk.offset() + 6) & 0xffff, walk.flags());
            assertEquals(plain.getInt(walk.offset() + 8) & 0xffffffffL, walk.seq());
            assertEquals(plain.getInt(walk.offset() + 12) & 0xffffffffL, walk.pid());
            assertTrue(walk.length() >= 16 && walk.end() <= end, () -> "it lies inside: " + walk.end());
            assertEquals(walk.end(), walk.payload() + walk.payloadBytes());
            out.append(walk.offset()).append('+').append(walk.length());
            for (int header : FIXED_HEADERS) {
                out.append(attributes(in, walk.payload() + header, walk.end()));
            }
            expected = Math.min(end, (walk.end() + 3) / 4 * 4);
        }
        assertFalse(walk.next(), "ended is ended");
        assertEquals(expected, walk.offset());
        assertEquals(whyEnded(plain, expected, end), walk.stop());
        return out.append(walk.stop()).toString();
    }

    private static NlmsgWalk.Stop whyEnded(ByteBuffer plain, int at, int end) {
        int left = end - at;
        if (left < 16) {
            return left == 0 ? NlmsgWalk.Stop.END : NlmsgWalk.Stop.REMNANT;
        }
        return Integer.compareUnsigned(plain.getInt(at), 16) < 0
                ? NlmsgWalk.Stop.LENGTH_TOO_SHORT
                : NlmsgWalk.Stop.LENGTH_PAST_END;
    }

    private static String attributes(WireReader in, int from, int to) {
        NlattrWalk walk = new NlattrWalk(in, from, to);
        StringBuilder out = new StringBuilder();
        int expected = from;
        while (walk.next()) {
            assertEquals(expected, walk.offset(), "an attribute begins where the one before ends");
            assertTrue(walk.valueBytes() >= 0 && walk.value() + walk.valueBytes() <= to, "it lies inside");
            assertTrue(walk.type() >= 0 && walk.type() <= 0x3fff, "a type without flags");
            out.append(' ').append(walk.type()).append(':').append(walk.valueBytes());
            expected = Math.min(to, (walk.value() + walk.valueBytes() + 3) / 4 * 4);
        }
        assertFalse(walk.next(), "ended is ended");
        assertEquals(walk.broken(), walk.offset() < to, "all was read, or it says that it was not");
        return out.append(walk.broken() ? " broken" : " end").toString();
    }

    static Stream<byte[]> places() {
        return Stream.of(
                new byte[] {0, 0, 0, 0, 4, 0, 0, 0, 1, 2, 3, 4},
                new byte[] {5, 0, 0, 0, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8},
                new byte[] {-1, -1, -1, 127, 1, 0, 0, 0, 9});
    }

    /** Reads at the offset and length given by the first eight bytes; two bytes after the end must be unreachable. */
    @MethodSource("places")
    @FuzzTest
    void readerBounds(byte[] input) {
        if (input.length < 10) {
            return;
        }
        ByteBuffer plain = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        int at = plain.getInt(0);
        int bytes = plain.getInt(4);
        int end = input.length - 10;
        ByteBuf buf = Unpooled.wrappedBuffer(Arrays.copyOfRange(input, 8, input.length));
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            WireReader in = new WireReader(buf, end, order);
            expect(fits(at, 1, end), () -> in.u8(at));
            expect(fits(at, 2, end), () -> in.u16(at));
            expect(fits(at, 2, end), () -> in.be16(at));
            expect(fits(at, 4, end), () -> in.s32(at));
            expect(fits(at, 4, end), () -> in.u32(at));
            expect(fits(at, 8, end), () -> in.u64(at));
            expect(fits(at, bytes, end), () -> in.bytes(at, bytes));
            assertEquals(fits(at, bytes, end), in.fits(at, bytes));
        }
    }

    private static boolean fits(long at, long bytes, long end) {
        return at >= 0 && bytes >= 0 && at + bytes <= end;
    }

    private static void expect(boolean readable, Runnable read) {
        boolean done;
        try {
            read.run();
            done = true;
        } catch (IndexOutOfBoundsException e) {
            done = false;
        }
        assertEquals(readable, done);
    }
}
