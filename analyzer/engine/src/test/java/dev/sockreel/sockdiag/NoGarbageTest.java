package dev.sockreel.sockdiag;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that decoding a dump allocates nothing per socket. */
class NoGarbageTest {
    private static final int ROUNDS = 2_000;

    @ParameterizedTest
    @ValueSource(strings = {"tcp4", "unix", "netlink", "packet", "udp6"})
    void bytesAllocatedPerSocket(String dump) {
        SocketDecoder decoder = new SocketDecoder(
                CapturedSockets.parsedRequest(Capture.MODS, dump), ByteOrder.LITTLE_ENDIAN);
        List<CapturedSockets.Message> messages = CapturedSockets.messages(Capture.MODS, dump);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = round(decoder, messages);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            sum += round(decoder, messages);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        double perSocket = (double) allocated / ROUNDS / messages.size();
        assertTrue(perSocket < 1, perSocket + " bytes a socket, sum " + sum);
    }

    private static long round(SocketDecoder decoder, List<CapturedSockets.Message> messages) {
        long sum = 0;
        for (int i = 0; i < messages.size(); i++) {
            CapturedSockets.Message m = messages.get(i);
            DiagSocket s = decoder.at(m.buf(), m.buf().capacity(), m.offset(), m.length());
            if (s != null) {
                sum += s.cookie() + s.inode() + s.uid() + s.recvQNumber() + s.sendQNumber() + s.stateNumber()
                        + s.peerInode() + s.value(SkMemInfo.DROPS, 0) + s.value(TcpInfo.BYTES_RECEIVED, 0);
            }
        }
        return sum;
    }
}
