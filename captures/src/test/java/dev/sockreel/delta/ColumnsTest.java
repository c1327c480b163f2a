package dev.sockreel.delta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers, flags and bytes in columns come back; damaged columns fail with their own exception and nothing else. */
final class ColumnsTest {
    private static final long SEED = 20261129;

    @Test
    void layoutIsAsDocumented() {
        ColumnWriter out = new ColumnWriter();
        out.number(7, -1);
        out.number(7, 64);
        out.flag(3, true);
        out.flag(3, false);
        out.flag(3, true);
        out.bytes(300, new byte[] {9, 8, 7}, 1, 2);
        assertArrayEquals(
                new byte[] {3, 3, 1, 4, 3, (byte) 0xA5, 2, 2, 0b101, 1, (byte) 0x80, 1, 8, 7}, written(out));
    }

    @Test
    void columnsAreUsedAgainAfterLongOnes() throws BadColumnsException {
        ColumnWriter out = new ColumnWriter();
        ColumnWriter other = new ColumnWriter();
        for (int count : new int[] {3, 200_000, 100, 2, 70_000, 1}) {
            other.flag(1, true);
            for (int i = 0; i < count; i++) {
                other.number(5, i);
            }
            out.append(other);
            assertEquals(0, other.bytes());
            ColumnReader in = new ColumnReader(Unpooled.wrappedBuffer(written(out)));
            assertEquals(true, in.flag(1));
            for (int i = 0; i < count; i++) {
                assertEquals(i, in.number(5));
            }
        }
    }

    @Test
    void everythingComesBackInItsOrder() throws BadColumnsException {
        Random random = new Random(SEED);
        ColumnWriter out = new ColumnWriter();
        for (int round = 0; round < 50; round++) {
            List<long[]> all = new ArrayList<>();
            for (int i = random.nextInt(2000); i >= 0; i--) {
                int column = random.nextInt(40);
                long value = random.nextLong() >> random.nextInt(64);
                switch (column % 3) {
                    case 0 -> out.flag(column, (value & 1) != 0);
                    case 1 -> out.number(column, value);
                    default -> out.bytes(column, new byte[] {(byte) value}, 0, 1);
                }
                all.add(new long[] {column, value});
            }
            ColumnReader in = new ColumnReader(Unpooled.wrappedBuffer(written(out)));
            for (long[] one : all) {
                int column = (int) one[0];
                switch (column % 3) {
                    case 0 -> assertEquals((one[1] & 1) != 0, in.flag(column), () -> "seed " + SEED);
                    case 1 -> assertEquals(one[1], in.number(column), () -> "seed " + SEED);
                    default -> {
                        byte[] one2 = new byte[1];
                        in.bytes(column, one2, 0, 1);
                        assertEquals((byte) one[1], one2[0], () -> "seed " + SEED);
                    }
                }
            }
            in.requireEnd();
        }
    }

    @Test
    void alignedFlagsBeginAByte() throws BadColumnsException {
        ColumnWriter out = new ColumnWriter();
        out.flag(0, true);
        out.alignFlags(0);
        out.flag(0, true);
        byte[] bytes = written(out);
        assertArrayEquals(new byte[] {1, 0, 2, 1, 1}, bytes);
        ColumnReader in = new ColumnReader(Unpooled.wrappedBuffer(bytes));
        assertEquals(true, in.flag(0));
        in.alignFlags(0);
        assertEquals(true, in.flag(0));
        in.requireEnd();
    }

    @Test
    void columnsOfTwoWritersStandOneAfterAnother() throws BadColumnsException {
        ColumnWriter first = new ColumnWriter();
        ColumnWriter second = new ColumnWriter();
        first.flag(0, true);
        first.number(1, 5);
        second.flag(0, true);
        second.number(1, 6);
        second.number(2, 7);
        first.append(second);
        assertEquals(0, second.bytes());
        first.flag(0, true);
        ColumnReader in = new ColumnReader(Unpooled.wrappedBuffer(written(first)));
        for (int i = 0; i < 3; i++) {
            assertEquals(true, in.flag(0));
            in.alignFlagsBelow(1);
        }
        assertEquals(5, in.number(1));
        assertEquals(6, in.number(1));
        assertEquals(7, in.number(2));
        in.requireEnd();
    }

    @Test
    void extremesFit() throws BadColumnsException {
        for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, 0, -1, 63, -64, 64}) {
            ColumnWriter out = new ColumnWriter();
            out.number(1, value);
            assertEquals(value, new ColumnReader(Unpooled.wrappedBuffer(written(out))).number(1));
        }
    }

    @Test
    void everyCutAndEveryFlippedByteFailsCleanlyOrReads() {
        ColumnWriter out = new ColumnWriter();
        for (int i = 0; i < 20; i++) {
            out.number(i, (long) i << i);
            out.flag(30, i % 3 == 0);
        }
        byte[] whole = written(out);
        for (int cut = 0; cut < whole.length; cut++) {
            ByteBuf part = Unpooled.copiedBuffer(whole, 0, cut);
            assertThrows(BadColumnsException.class, () -> new ColumnReader(part), "cut at " + cut);
        }
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << bit);
                readAll(flipped);
            }
        }
    }

    /** Any other exception than the columns' own fails the test. */
    private static void readAll(byte[] bytes) {
        try {
            ColumnReader in = new ColumnReader(Unpooled.wrappedBuffer(bytes));
            for (int i = 0; i < 20; i++) {
                in.number(i);
                in.flag(30);
            }
            in.requireEnd();
        } catch (BadColumnsException e) {
            assertEquals(false, String.valueOf(e.getMessage()).isEmpty());
        }
    }

    private static byte[] written(ColumnWriter out) {
        ByteBuf to = Unpooled.buffer();
        int most = out.maxBytes();
        out.writeTo(to);
        assertEquals(true, to.readableBytes() <= most);
        assertEquals(0, out.bytes());
        return ByteBufUtil.getBytes(to);
    }
}
