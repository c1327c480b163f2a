package dev.sockreel.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.series.MadeSeries;
import dev.sockreel.series.SeriesState;
import dev.sockreel.series.SeriesTooLargeException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Columns that no encoder wrote fail with one exception, or give a dump; they never do anything else. */
final class HostileDumpTest {
    private static final long SEED = System.nanoTime();
    private static final long LIMIT = 4 << 20;

    private final MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
    private final List<Datagram> key;
    private final List<byte[]> before = new ArrayList<>();
    private final byte[] columns;

    /** Encodes a few dumps, the last one with all that can be coded. */
    HostileDumpTest() throws IOException {
        System.out.println("HostileDumpTest seed " + SEED);
        made.addAll(60);
        key = made.dump();
        SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, made.order);
        state.match(key);
        DumpEncoder encoder = new DumpEncoder(state);
        for (int round = 0; round < 4; round++) {
            made.age(1000);
            made.shake(round < 3 ? 0 : 12);
            made.touch(3);
            made.touch(7);
            ColumnWriter out = new ColumnWriter();
            encoder.begin(out);
            for (Datagram datagram : round < 3 ? made.dump() : made.oddDump()) {
                encoder.datagram(datagram);
            }
            encoder.end();
            before.add(ByteBufUtil.getBytes(DumpRoundTripTest.written(out)));
        }
        columns = before.removeLast();
    }

    /** Returns a state that took the dumps before and then these columns. */
    private SeriesState applied(byte[] bytes) throws IOException {
        SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, made.order, LIMIT);
        state.match(key);
        DumpDecoder decoder = new DumpDecoder(state);
        for (byte[] one : before) {
            decoder.apply(new ColumnReader(Unpooled.wrappedBuffer(one)));
        }
        decoder.apply(new ColumnReader(Unpooled.wrappedBuffer(bytes)));
        return state;
    }

    /** Requires a dump that can be looked at, or the exception. Returns whether there was a dump. */
    private boolean isDump(byte[] bytes) throws IOException {
        try {
            SeriesState state = applied(bytes);
            assertTrue(state.bytes() <= LIMIT, () -> state.bytes() + " bytes");
            long all = 0;
            for (Datagram datagram : MadeSeries.datagrams(state.view())) {
                all += datagram.data().readableBytes();
            }
            assertTrue(all <= LIMIT, all + " bytes of datagrams");
            return true;
        } catch (BadColumnsException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
            return false;
        }
    }

    @Test
    void everyCut() throws IOException {
        assertTrue(isDump(columns));
        for (int cut = 0; cut < columns.length; cut++) {
            ByteBuf part = Unpooled.copiedBuffer(columns, 0, cut);
            assertThrows(BadColumnsException.class, () -> new ColumnReader(part), "cut at " + cut);
        }
    }

    @Test
    void everyFlippedByte() throws IOException {
        int dumps = 0;
        int count = 0;
        for (int at = 0; at < columns.length; at++) {
            for (int mask : new int[] {1, 2, 0x40, 0x80, 0xff}) {
                byte[] flipped = columns.clone();
                flipped[at] ^= (byte) mask;
                dumps += isDump(flipped) ? 1 : 0;
                count++;
            }
        }
        assertTrue(dumps > 0 && dumps < count, dumps + " of " + count);
    }

    @Test
    void anyNumbersAnywhere() throws IOException {
        Random random = new Random(SEED);
        long[] odd =
                {0, 1, -1, 2, 63, 64, 16_384, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};
        for (int round = 0; round < 4000; round++) {
            ColumnWriter out = new ColumnWriter();
            for (int column = 0; column < 33; column++) {
                for (int i = random.nextInt(6); i > 0; i--) {
                    boolean isFlag = column == DumpColumns.MASK || column == DumpColumns.APPEARED_MASK;
                    if (isFlag) {
                        out.flag(column, random.nextBoolean());
                    } else {
                        out.number(column, random.nextInt(3) == 0
                                ? odd[random.nextInt(odd.length)]
                                : random.nextInt(80) - 10);
                    }
                }
            }
            for (int i = random.nextInt(200); i > 0; i--) {
                out.number(DumpColumns.ofWord(random.nextInt(70), MadeSeries.COOKIE_AT, random.nextInt(5)),
                        random.nextInt(1000));
            }
            isDump(ByteBufUtil.getBytes(DumpRoundTripTest.written(out)));
        }
    }

    @Test
    void noMoreMessagesThanTheirBytesJustify() throws IOException {
        ColumnWriter out = new ColumnWriter();
        out.number(DumpColumns.KIND, DumpKind.EVENTS | DumpKind.COUNT | DumpKind.EDGES | DumpKind.NO_TIMES);
        out.number(DumpColumns.COUNT, 50_000);
        out.number(DumpColumns.GAP, 0);
        for (int i = 0; i < 50_000; i++) {
            out.number(DumpColumns.GAP, 0);
            out.number(DumpColumns.EVENT, 0);
            out.number(DumpColumns.APPEARED_LENGTH, i == 0 ? 16_000 : 0);
        }
        byte[] bytes = ByteBufUtil.getBytes(DumpRoundTripTest.written(out));
        BadColumnsException e = assertThrows(BadColumnsException.class, () -> applied(bytes));
        assertEquals("2000 bytes are stated, but column " + DumpColumns.APPEARED_MASK + " has 0", e.getMessage());
    }

    @Test
    void theLimitHoldsForDeltas() throws SeriesTooLargeException {
        SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, made.order, 100_000);
        ColumnWriter out = new ColumnWriter();
        DumpEncoder encoder = new DumpEncoder(new SeriesState(MadeSeries.COOKIE_AT, made.order));
        encoder.begin(out);
        made.addAll(1000);
        for (Datagram datagram : made.dump()) {
            encoder.datagram(datagram);
        }
        encoder.end();
        ByteBuf bytes = DumpRoundTripTest.written(out);
        BadColumnsException e = assertThrows(
                BadColumnsException.class, () -> new DumpDecoder(state).apply(new ColumnReader(bytes)));
        assertEquals("one series of dumps needs more than 100000 bytes of memory", e.getMessage());
    }
}
