package dev.sockreel.recorder.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NetlinkDiagMsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnknownInodesTest {
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private final UnknownInodes inodes = new UnknownInodes();

    private static byte[] tcp(long inode) {
        return InetDiagMsgBuilder.in(NATIVE).inode(inode).attributes(a -> a.bytes(8, new byte[1])).toBytes();
    }

    private static InodeSet set(long... values) {
        InodeSet out = new InodeSet();
        for (long value : values) {
            out.add(value);
        }
        return out;
    }

    /** Shows a snapshot whose datagram has these messages; returns whether there is an unknown one. */
    private boolean snapshot(byte[]... messages) {
        inodes.beginSnapshot();
        return look(messages);
    }

    private boolean look(byte[]... messages) {
        ByteBuf all = Unpooled.buffer();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        inodes.look(all.nioBuffer(0, all.readableBytes()).order(NATIVE), all.readableBytes());
        return inodes.areThere();
    }

    @Test
    void withoutAScanNothingIsUnknown() {
        assertFalse(snapshot(tcp(1), tcp(2)));
    }

    @Test
    void aSocketThatNoScanLookedForIsUnknown() {
        inodes.scanned(set(1, 2));
        assertFalse(snapshot(tcp(1), tcp(2)));
        assertFalse(snapshot(tcp(0)), "not accepted, or closed");
        assertTrue(snapshot(tcp(1), tcp(3)));
        assertTrue(look(tcp(1)), "it stays so in this snapshot");
        assertFalse(snapshot(tcp(1)));
        assertTrue(snapshot(UnixDiagMsgBuilder.in(NATIVE).inode(4).toBytes()));
    }

    @Test
    void whatAScanDidNotFindIsLookedForOnce() {
        inodes.scanned(set(1));
        assertTrue(snapshot(tcp(1), tcp(7), tcp(8)));
        inodes.scanned(set(1));
        assertFalse(inodes.areThere());
        assertFalse(snapshot(tcp(1), tcp(7), tcp(8)));
        assertFalse(snapshot(tcp(8)));
        assertTrue(snapshot(tcp(8), tcp(9)));
        inodes.scanned(set(1, 9));
        assertFalse(snapshot(tcp(8), tcp(9)), "8 was looked for again");
    }

    @Test
    void withoutABudgetItStaysUnknown() {
        inodes.scanned(set(1));
        assertTrue(snapshot(tcp(5)));
        assertTrue(snapshot(tcp(5)));
    }

    @Test
    void netlinkSocketsAreLeftOut() {
        inodes.scanned(set(1));
        assertFalse(snapshot(NetlinkDiagMsgBuilder.in(NATIVE).inode(77).toBytes()));
    }

    @Test
    void damagedMessagesAreSkipped() {
        inodes.scanned(set(1));
        byte[] message = tcp(5);
        for (int length = 0; length < message.length; length++) {
            inodes.beginSnapshot();
            inodes.look(ByteBuffer.wrap(message.clone()).order(NATIVE), length);
            assertFalse(inodes.areThere(), "cut at " + length);
        }
        for (int stated = 0; stated < message.length; stated++) {
            byte[] damaged = message.clone();
            ByteBuffer.wrap(damaged).order(NATIVE).putInt(0, stated);
            inodes.beginSnapshot();
            inodes.look(ByteBuffer.wrap(damaged).order(NATIVE), damaged.length);
            assertEquals(stated >= 16 + 72, inodes.areThere(), "length " + stated);
        }
    }

    @Test
    void aSetHoldsWhatAJavaSetHolds() {
        Random random = new Random(7);
        InodeSet set = new InodeSet();
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            long inode = 1 + (random.nextInt(4) == 0 ? random.nextLong() >>> 1 : random.nextInt(40_000));
            assertEquals(expected.add(inode), set.add(inode));
        }
        assertEquals(expected.size(), set.size());
        for (long inode = 1; inode < 40_000; inode++) {
            assertEquals(expected.contains(inode), set.contains(inode));
        }
    }

    /** A full set cannot say what is unknown, so nothing is. */
    @Test
    void aSetIsBounded() {
        InodeSet full = new InodeSet();
        for (long inode = 1; inode <= InodeSet.MAX_INODES; inode++) {
            assertTrue(full.add(inode));
        }
        assertFalse(full.add(InodeSet.MAX_INODES + 1));
        assertFalse(full.contains(InodeSet.MAX_INODES + 1));
        assertEquals(InodeSet.MAX_INODES, full.size());
        inodes.scanned(full);
        assertFalse(snapshot(tcp(InodeSet.MAX_INODES + 1)));
    }
}
