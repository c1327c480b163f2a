package dev.sockreel.delta.record;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.delta.ColumnReader;
import dev.sockreel.delta.ColumnWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are damaged, or made by somebody who means harm, give records or a sentence, and nothing else. */
final class DamagedRecordColumnsTest {
    private static final long SEED = 41;

    @Test
    void everyCutAndEveryFlippedByte() {
        BusyHost host = new BusyHost(new Random(SEED), 3, 30);
        List<Body> key = host.snapshot(0);
        List<Body> records = host.snapshot(1);
        byte[] columns = new Chain().key(0, key).written(1, records);
        for (int cut = 0; cut < columns.length; cut++) {
            new Chain().key(0, key).readDamaged(1, Arrays.copyOf(columns, cut), records.size());
        }
        for (int at = 0; at < columns.length; at++) {
            for (int flip : new int[] {1, 0x80}) {
                byte[] flipped = columns.clone();
                flipped[at] ^= (byte) flip;
                new Chain().key(0, key).readDamaged(1, flipped, records.size() + 3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53})
    void randomColumns(long seed) {
        Random random = new Random(seed);
        List<Body> key = new BusyHost(random, 4, 30).snapshot(0);
        for (int trial = 0; trial < 400; trial++) {
            ColumnWriter out = new ColumnWriter();
            for (int column = Atoms.RUNS; column <= Atoms.LITERALS; column++) {
                for (int i = random.nextInt(60); i > 0; i--) {
                    out.number(column, random.nextLong() >> 40 + random.nextInt(24));
                }
            }
            ByteBuf columns = Unpooled.buffer();
            out.writeTo(columns);
            byte[] bytes = new byte[columns.readableBytes()];
            columns.readBytes(bytes);
            Chain chain = new Chain().key(0, key);
            chain.readDamaged(1, bytes, 40);
        }
    }

    /** A few bytes ask for a copy of all that is known, again and again: it ends at the limit. */
    @Test
    void fewBytesMakeNoEndlessRecords() throws BadColumnsException {
        RecordPredictor predictor = new RecordPredictor();
        predictor.beginSnapshot(0);
        predictor.learn(77, Unpooled.wrappedBuffer(new byte[3 << 20]));
        predictor.endSnapshot();
        predictor.beginSnapshot(1);
        ColumnReader empty = new ColumnReader(Unpooled.wrappedBuffer(new byte[] {0}));
        int records = 0;
        for (; records < 1000; records++) {
            try {
                predictor.decode(empty);
            } catch (BadColumnsException e) {
                break;
            }
        }
        assertTrue(records < 12, records + " records");
    }

    /** Lines without bytes would take memory that no byte pays for. */
    @Test
    void partsWithoutBytesAreRefused() throws BadColumnsException {
        RecordPredictor predictor = new RecordPredictor();
        predictor.beginSnapshot(0);
        ColumnWriter out = new ColumnWriter();
        out.number(Atoms.MATCHES, 0);
        out.number(Atoms.MATCHES, -100);
        for (int i = 0; i < 1000; i++) {
            out.number(Atoms.RUNS, 0);
            out.number(Atoms.MATCHES, 0);
            out.number(Atoms.MATCHES, 0);
        }
        ByteBuf columns = Unpooled.buffer();
        out.writeTo(columns);
        ColumnReader in = new ColumnReader(columns);
        assertThrows(BadColumnsException.class, () -> predictor.decode(in));
    }
}
