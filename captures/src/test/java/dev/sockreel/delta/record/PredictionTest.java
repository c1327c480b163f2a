package dev.sockreel.delta.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.delta.ColumnReader;
import dev.sockreel.delta.ColumnWriter;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is predicted costs nothing: numbers that count up, order, lists that stay. */
final class PredictionTest {
    @Test
    void bodiesOfKnownTypesAreParsed() {
        for (Body body : new BusyHost(new Random(3), 4, 100).snapshot(6)) {
            assertNotNull(BodyParser.parse(Layout.ofType(body.type()), body.bytes()), "type " + body.type());
        }
    }

    @Test
    void aHostWhereNothingHappensCostsOneNumberATime() throws IOException {
        BusyHost host = new BusyHost(new Random(5), 20, 0);
        Chain chain = new Chain().key(0, host.snapshot(0));
        for (int n = 1; n < 6; n++) {
            chain.predicted(n, host.snapshot(n));
        }
        List<Body> records = host.snapshot(6);
        ColumnReader columns = new ColumnReader(Unpooled.wrappedBuffer(chain.predicted(6, records)));
        assertTrue(columns.left(Atoms.TIMES) <= 20, columns.left(Atoms.TIMES) + " bytes of times");
        assertEquals(0, columns.left(Atoms.LITERALS));
        // the first of the recorder's sockets, whose numbers follow from nothing
        assertTrue(columns.left(Atoms.VALUES) <= 4, columns.left(Atoms.VALUES) + " bytes of numbers");
        assertTrue(columns.left(Atoms.RUNS) <= 8, columns.left(Atoms.RUNS) + " bytes of runs");
    }

    /** Descriptors that stay cost nothing, one that comes or goes a few bytes, even among very many. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 20", "0, 1, 16", "3, 2, 50"})
    void descriptorsCostWhatMoved(int opened, int closed, int most) throws IOException {
        Chain chain = new Chain().key(0, List.of(owners(0, 0, 0)));
        int still = chain.predicted(1, List.of(owners(1, 0, 0))).length;
        int moved = chain.predicted(2, List.of(owners(2, opened, closed))).length;
        assertTrue(moved <= still + most, moved + " bytes, but " + still + " where nothing moved");
    }

    private static Body owners(int snapshot, int opened, int closed) {
        int[] fds = IntStream.range(0, 20_000).filter(i -> i % 5000 != 100 || i / 5000 >= closed)
                .flatMap(i -> i % 6000 == 300 && i / 6000 < opened ? IntStream.of(i, 100_000 + i) : IntStream.of(i))
                .toArray();
        long[] inodes = IntStream.of(fds).mapToLong(fd -> 500_000L + 3L * fd).toArray();
        ReceiveTime time = new ReceiveTime(1_000_000L * snapshot, 1_000_000L * snapshot);
        return Body.of(new Owners(snapshot, true, 0, true, time, time, 1, 0, 0, List.of(new Owners.Holder(
                42, "holder".getBytes(UTF_8), new byte[0], new byte[0], fds, inodes))));
    }

    @Test
    void aNewProcessWithManyDescriptorsCostsLittleForEach() throws IOException {
        ReceiveTime time = new ReceiveTime(0, 0);
        Chain chain = new Chain().key(0, List.of(Body.of(
                new Owners(0, true, 0, true, time, time, 1, 0, 0, List.of()))));
        int bytes = chain.predicted(1, List.of(owners(1, 0, 0))).length;
        assertTrue(bytes < 20_000 * 3 / 2, bytes + " bytes for 20,000 descriptors");
    }

    @Test
    void memoryIsAFewTimesTheBodies() {
        List<Body> records = List.of(owners(0, 0, 0));
        long bytes = new Chain().key(0, records).bytes();
        assertTrue(bytes < 4L * records.getFirst().bytes().length, bytes + " bytes of memory");
    }

    @Test
    void whatWasNotSeenForLongIsForgotten() throws IOException {
        Chain chain = new Chain();
        byte[] large = new byte[1 << 20];
        for (int type = 300; type < 340; type++) {
            chain.predicted(type, List.of(new Body(type, large)));
        }
        assertTrue(chain.bytes() < 40L << 20, chain.bytes() + " bytes of memory");
    }

    @Test
    void moreThanTheLimitsIsRefused() {
        RecordPredictor predictor = new RecordPredictor();
        predictor.beginSnapshot(0);
        assertFalse(predictor.fits(RecordPredictor.MAX_BODY_BYTES + 1));
        byte[] large = new byte[RecordPredictor.MAX_BODY_BYTES];
        int fitting = (int) (RecordPredictor.MAX_SNAPSHOT_BYTES / large.length) - 1;
        for (int i = 0; i < fitting; i++) {
            predictor.encode(99, Unpooled.wrappedBuffer(large), new ColumnWriter());
        }
        assertFalse(predictor.fits(large.length));
        assertThrows(IllegalArgumentException.class,
                () -> predictor.encode(99, Unpooled.wrappedBuffer(large), new ColumnWriter()));
        predictor.beginSnapshot(1);
        assertTrue(predictor.fits(large.length));
    }
}
