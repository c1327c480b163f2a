package dev.sockreel.sockdiag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.fuzz.OneLine;
import dev.sockreel.fuzz.Seeds;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the decoding of requests and the names of families. */
class DumpRequestFuzzTest {
    static Stream<byte[]> requests() {
        return Stream
                .of("tcp4", "mptcp6", "unix", "netlink", "packet", "vsock", "xdp", "tcp_getsock", "family200",
                        "short_request")
                .map(Seeds::request);
    }

    @MethodSource("requests")
    @FuzzTest
    void parse(byte[] input) {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            DumpRequest request = DumpRequest.parse(input, order);
            byte[] within = new byte[input.length + 40];
            Arrays.fill(within, (byte) 0xff);
            System.arraycopy(input, 0, within, 20, input.length);
            assertEquals(request, DumpRequest.parse(Unpooled.wrappedBuffer(within), 20, input.length, order),
                    "the bytes around it change the result");
            if (request == null) {
                continue;
            }
            check(request, ByteBuffer.wrap(input).order(order));
        }
    }

    private static void check(DumpRequest request, ByteBuffer plain) {
        assertEquals(plain.getShort(4) & 0xffff, request.nlmsgType());
        assertEquals(plain.get(16) & 0xff, request.family());
        assertEquals(plain.getInt(8) & 0xffffffffL, request.seq());
        String id = request.familyId();
        OneLine.check(id);
        assertTrue(id.length() < 40, id);
        DumpRequest byName = DumpRequest.ofFamilyId(id);
        assertEquals(Families.of(request), Families.of(byName), "how the replies of " + id + " are decoded");
        if (!request.showKnown()) {
            assertEquals(0, request.show());
            assertFalse(request.leavesOut(-1), "what was not asked for is not known");
        }
    }

    @MethodSource("names")
    @FuzzTest
    void name(byte[] input) {
        String id = new String(input, UTF_8);
        DumpRequest request = DumpRequest.ofFamilyId(id);
        if (request.family() == 0) {
            assertNull(Families.of(request));
        } else {
            assertEquals(id, request.familyId());
        }
    }

    static Stream<byte[]> names() {
        return Stream.of("tcp", "tcp4", "udplite6", "unix-icons", "netlink", "family-9")
                .map(n -> n.getBytes(UTF_8));
    }
}
