package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fuzz.Parts;
import dev.sockreel.fuzz.Seeds;
import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.SecretMask;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.recorder.spool.SecretSearch;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the recorder's two fast scans of a datagram against the thorough ones that they replace. */
class ReceivedDatagramFuzzTest {
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    static Stream<byte[]> datagrams() {
        byte[] key = new byte[100];
        Arrays.fill(key, (byte) 0xa5);
        byte[] withKey = InetDiagMsgBuilder.in(NATIVE).attributes(a -> a.u8(8, 3).bytes(18, key)).toBytes();
        return Stream.of(
                Parts.join(Seeds.dump("tcp4", 2), withKey, Seeds.dump("unix", 2)),
                Parts.join(withKey, withKey),
                Seeds.dump("mptcp4", 1));
    }

    /** Searches with one instance, which remembers the layout of the previous message. */
    @MethodSource("datagrams")
    @FuzzTest
    void secretSearch(byte[] input) {
        SecretSearch search = new SecretSearch();
        SecretMask mask = new SecretMask(Unpooled.EMPTY_BUFFER);
        for (byte[] datagram : Parts.of(input)) {
            boolean mayHold = search.mayHold(ByteBuffer.wrap(datagram).order(NATIVE), datagram.length, true);
            int masked = mask.mask(Unpooled.wrappedBuffer(datagram.clone()), datagram.length, NATIVE);
            assertTrue(mayHold || masked == 0, () -> masked + " secret bytes were not looked for");
        }
    }

    @MethodSource("datagrams")
    @FuzzTest
    void messageScan(byte[] datagram) {
        int seq = datagram.length < 12 ? 0 : ByteBuffer.wrap(datagram).order(NATIVE).getInt(8);
        MessageScan scan = new MessageScan();
        MessageScan.End end = scan.scan(ByteBuffer.wrap(datagram).order(NATIVE), datagram.length, seq);
        WireReader in = new WireReader(Unpooled.wrappedBuffer(datagram), datagram.length, NATIVE);
        NlmsgWalk walk = new NlmsgWalk(in, 0);
        int sockets = 0;
        MessageScan.End expected = MessageScan.End.GOES_ON;
        while (expected == MessageScan.End.GOES_ON && walk.next()) {
            sockets += walk.type() == 20 ? 1 : 0;
            if ((walk.type() == 2 || walk.type() == 3) && (int) walk.seq() == seq) {
                expected = walk.type() == 2 ? MessageScan.End.ERROR : MessageScan.End.DONE;
            }
        }
        assertEquals(expected, end);
        assertEquals(sockets, scan.sockets());
        assertTrue(scan.errno() >= 0, () -> "errno " + scan.errno());
    }
}
