package dev.sockreel.nlmsg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fuzz.Parts;
import dev.sockreel.fuzz.Seeds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the mask: bytes change to zero only, and those of keys in readable messages do. */
class SecretMaskFuzzTest {
    /** sizeof(struct tcp_diag_md5sig), then the offset of tcpm_key in it (uapi/linux/tcp.h). */
    private static final int MD5SIG_BYTES = 100;
    private static final int KEY_AT = 20;

    static Stream<byte[]> dumps() {
        return Stream.concat(
                Stream.of(keys(ByteOrder.LITTLE_ENDIAN, 0), keys(ByteOrder.BIG_ENDIAN, 1)),
                Stream.of("tcp4", "unix").map(d -> Parts.steered(Seeds.dump(d, 2), 0)));
    }

    private static byte[] keys(ByteOrder order, int steering) {
        byte[] two = new byte[2 * MD5SIG_BYTES];
        Arrays.fill(two, (byte) 0xa5);
        return Parts.steered(new DumpBuilder()
                .add(InetDiagMsgBuilder.in(order).inode(7).attributes(a -> a.u8(8, 3).bytes(18, two).text(4, "cubic")))
                .add(InetDiagMsgBuilder.in(order).family(Uapi.AF_INET6).attributes(a -> a.bytes(0x8012, two)))
                .add(NlmsgBuilder.done(order, 0))
                .toBytes(), steering);
    }

    @MethodSource("dumps")
    @FuzzTest
    void mask(byte[] input) {
        if (input.length < 2) {
            return;
        }
        ByteOrder order = (input[0] & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] before = Arrays.copyOfRange(input, 1, input.length);
        // Bytes after the datagram in a reused buffer do not belong to it.
        int length = before.length - Math.min(before.length, (input[0] & 0xff) >> 1);
        BitSet secret = secretBytes(ByteBuffer.wrap(before, 0, length).order(order));
        ByteBuf buf = Unpooled.wrappedBuffer(before.clone());
        SecretMask mask = new SecretMask(Unpooled.EMPTY_BUFFER);
        int masked = mask.mask(buf, length, order);
        int changed = 0;
        for (int i = 0; i < before.length; i++) {
            assertTrue(buf.getByte(i) == 0 || (buf.getByte(i) == before[i] && !secret.get(i)), "byte " + i);
            changed += before[i] == buf.getByte(i) ? 0 : 1;
        }
        assertEquals(changed, masked, "bytes that were zeroed");
        assertEquals(before.length, buf.capacity());
    }

    /** Returns the offsets of tcpm_key's bytes in the readable messages at the datagram's begin. */
    private static BitSet secretBytes(ByteBuffer in) {
        BitSet out = new BitSet();
        int at = 0;
        while (in.limit() - at >= 16 && Integer.compareUnsigned(in.getInt(at), 16) >= 0
                && Integer.compareUnsigned(in.getInt(at), in.limit() - at) <= 0) {
            int end = at + in.getInt(at);
            int type = in.getShort(at + 4);
            boolean inet = end > at + 16 && (in.get(at + 16) == 2 || in.get(at + 16) == 10);
            if (inet && (type == 18 || type == 20) && !attributes(in, at + 16 + 72, end, out)) {
                return out;
            }
            at = (end + 3) / 4 * 4;
        }
        return out;
    }

    /** Adds the keys of a message; returns false when it cannot be read to its end. */
    private static boolean attributes(ByteBuffer in, int from, int end, BitSet out) {
        int at = from;
        while (at + 4 <= end) {
            int stated = in.getShort(at) & 0xffff;
            boolean whole = stated >= 4 && stated <= end - at;
            if (!whole) {
                return false;
            }
            if ((in.getShort(at + 2) & 0x3fff) == 18) {
                for (int i = at + 4; i < at + stated; i++) {
                    out.set(i, (i - at - 4) % MD5SIG_BYTES >= KEY_AT);
                }
            }
            at += (stated + 3) / 4 * 4;
        }
        return at >= end;
    }
}
