package dev.sockreel.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.Fault;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The minimum for a dump that is called complete, checked from its bytes alone and independently of the tested code:
 * whole datagrams filled with whole messages of one sequence, an NLMSG_DONE that reports no error, nothing after it.
 */
final class CompleteDump {
    private static final int NLMSG_NOOP = 1;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLMSG_OVERRUN = 4;
    private static final int NLM_F_DUMP_INTR = 0x10;
    private static final int MSG_TRUNC = 0x20;
    /** The number of listed faults: each kind is listed a few times and then counted. */
    private static final int MAX_FAULTS = 500;

    private final Set<Integer> sequences = new HashSet<>();
    private int sockets;
    private boolean done;

    static void check(Dump dump) {
        assertEquals(dump.table().sockets(), dump.sockets());
        assertTrue(dump.faults().size() <= MAX_FAULTS, () -> dump.faults().size() + " faults");
        for (Fault fault : dump.faults()) {
            assertFalse(fault.why().isEmpty(), "a fault without a reason");
            assertTrue(fault.kind().verdict().compareTo(dump.verdict()) <= 0, "a verdict better than its faults");
        }
        if (dump.isComplete()) {
            new CompleteDump().complete(dump);
        }
    }

    private void complete(Dump dump) {
        for (Datagram d : dump.datagrams()) {
            assertEquals(0, d.msgFlags() & MSG_TRUNC, "a cut datagram");
            assertTrue(d.trueLength() <= d.data().readableBytes(), "a datagram that lost its end");
            walk(ByteBuffer.wrap(ByteBufUtil.getBytes(d.data())).order(dump.order()));
        }
        assertTrue(done, "no NLMSG_DONE");
        assertEquals(1, sequences.size(), "messages of other requests");
        assertTrue(dump.sockets() <= sockets, "more rows than messages");
    }

    private void walk(ByteBuffer in) {
        int at = 0;
        while (at < in.limit()) {
            int left = in.limit() - at;
            assertTrue(left >= 16, () -> left + " bytes are no message");
            int length = in.getInt(at);
            assertTrue(length >= 16 && length <= left, () -> "nlmsg_len " + length + " of " + left);
            message(in, at, length);
            at += Math.min(left, (length + 3) / 4 * 4);
        }
    }

    private void message(ByteBuffer in, int at, int length) {
        int type = in.getShort(at + 4) & 0xffff;
        int errno = length >= 20 ? in.getInt(at + 16) : 0;
        sequences.add(in.getInt(at + 8));
        assertEquals(0, in.getShort(at + 6) & NLM_F_DUMP_INTR, "a dump that says that it was interrupted");
        assertFalse(done && type != NLMSG_DONE, "a message after NLMSG_DONE");
        switch (type) {
            case NLMSG_NOOP -> {}
            case NLMSG_DONE -> {
                assertEquals(0, errno, "NLMSG_DONE with an error");
                done = true;
            }
            case NLMSG_ERROR -> assertEquals(0, errno, "NLMSG_ERROR");
            case NLMSG_OVERRUN -> throw new AssertionError("NLMSG_OVERRUN");
            default -> sockets++;
        }
    }
}
