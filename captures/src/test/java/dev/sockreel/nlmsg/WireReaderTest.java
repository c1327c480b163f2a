package dev.sockreel.nlmsg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All kinds of buffers read alike; the oracle is {@link ByteBuffer}. */
class WireReaderTest {
    private static final long SEED = 4217;
    private static final int BYTES = 64;
    private static final int OFFSET = 5;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numbersDoNotDependOnTheBuffer(boolean little) {
        System.out.println("seed " + SEED);
        byte[] bytes = new byte[BYTES];
        new Random(SEED).nextBytes(bytes);
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer host = ByteBuffer.wrap(bytes).order(order);
        ByteBuffer network = ByteBuffer.wrap(bytes);
        for (ByteBuf buf : buffers(bytes)) {
            WireReader in = new WireReader(buf, BYTES, order);
            for (int at = 0; at + 8 <= BYTES; at++) {
                assertEquals(bytes[at] & 0xff, in.u8(at));
                assertEquals(host.getShort(at) & 0xffff, in.u16(at));
                assertEquals(host.getInt(at), in.s32(at));
                assertEquals(host.getInt(at) & 0xffffffffL, in.u32(at));
                assertEquals(host.getLong(at), in.u64(at));
                assertEquals(network.getShort(at) & 0xffff, in.be16(at));
                assertEquals(network.getInt(at), in.be32(at));
                assertEquals(network.getLong(at), in.be64(at));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 57, 64, Integer.MAX_VALUE})
    void nothingIsReadPastTheEnd(int at) {
        for (ByteBuf buf : buffers(new byte[BYTES + 8])) {
            WireReader in = new WireReader(buf, BYTES, ByteOrder.LITTLE_ENDIAN);
            assertThrows(IndexOutOfBoundsException.class, () -> in.u64(at));
        }
    }

    private static List<ByteBuf> buffers(byte[] bytes) {
        ByteBuf within = Unpooled.buffer(BYTES + 2 * OFFSET).writeZero(OFFSET).writeBytes(bytes).writeZero(OFFSET);
        return List.of(Unpooled.wrappedBuffer(bytes), within.slice(OFFSET, bytes.length),
                Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }
}
