package dev.sockreel.delta.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.delta.ColumnReader;
import dev.sockreel.delta.ColumnWriter;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fuzz.Parts;
import dev.sockreel.fuzz.Scratch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the prediction of records: bodies of any bytes come back, columns of any bytes give records or a sentence. */
class RecordPredictorFuzzTest {
    private static final int MAX_RECORDS = 100;
    /** Bodies of this many bytes and fewer are seeds: a fuzzer gets nowhere with large ones. */
    private static final int SEED_BYTES = 1500;

    private static final List<List<byte[]>> SNAPSHOTS = live();

    /** Returns the records of the live capture by snapshot, each as a byte of its type and its body. */
    private static List<List<byte[]>> live() {
        List<List<byte[]>> snapshots = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(LiveCapture.reel(Scratch.emptyFolder("predicted")))) {
            CaptureRecord record;
            while ((record = reader.next()) != null) {
                if (record instanceof SnapshotBegin) {
                    snapshots.add(new ArrayList<>());
                }
                ByteBuf body = Unpooled.buffer().writeByte(record.type());
                record.encode(body);
                boolean isSeed = !(record instanceof Datagram) && body.readableBytes() <= SEED_BYTES;
                if (isSeed && !snapshots.isEmpty()) {
                    snapshots.getLast().add(ByteBufUtil.getBytes(body));
                }
            }
        } catch (IOException e) {
            throw new AssertionError("the fixture cannot be read", e);
        }
        return snapshots;
    }

    static Stream<byte[]> bodies() {
        return SNAPSHOTS.getFirst().stream().map(record -> {
            int last = record.length - 1;
            byte[] changed = record.clone();
            changed[last / 2]++;
            byte[] longer = Arrays.copyOf(record, last + 2);
            return Parts.join(record, new byte[0], changed, new byte[0], longer, record, new byte[0], changed);
        });
    }

    /** Parts are records, a byte of type and a body; an empty part ends a snapshot. */
    @MethodSource("bodies")
    @FuzzTest
    void bodiesComeBack(byte[] input) throws BadColumnsException {
        RecordPredictor writer = new RecordPredictor();
        RecordPredictor reader = new RecordPredictor();
        List<byte[]> snapshot = new ArrayList<>();
        int number = 0;
        for (byte[] part : Parts.of(input)) {
            if (part.length == 0) {
                comesBack(number++, snapshot, writer, reader);
                snapshot.clear();
            } else {
                snapshot.add(part);
            }
        }
        comesBack(number, snapshot, writer, reader);
    }

    private static void comesBack(int number, List<byte[]> records, RecordPredictor writer, RecordPredictor reader)
            throws BadColumnsException {
        ColumnReader in = new ColumnReader(write(number, records, writer));
        reader.beginSnapshot(number);
        for (byte[] record : records) {
            Decoded decoded = reader.decode(in);
            assertEquals(record[0] & 0xFF, decoded.type());
            assertArrayEquals(Arrays.copyOfRange(record, 1, record.length), ByteBufUtil.getBytes(decoded.body()));
        }
        in.requireEnd();
        reader.endSnapshot();
    }

    private static ByteBuf write(int number, List<byte[]> records, RecordPredictor writer) {
        ColumnWriter out = new ColumnWriter();
        writer.beginSnapshot(number);
        for (byte[] record : records) {
            writer.encode(record[0] & 0xFF, Unpooled.wrappedBuffer(record, 1, record.length - 1), out);
        }
        writer.endSnapshot();
        ByteBuf columns = Unpooled.buffer();
        out.writeTo(columns);
        return columns;
    }

    static Stream<byte[]> columns() {
        RecordPredictor writer = new RecordPredictor();
        List<byte[]> all = new ArrayList<>();
        for (int n = 0; n < SNAPSHOTS.size(); n++) {
            all.add(ByteBufUtil.getBytes(write(n, SNAPSHOTS.get(n), writer)));
        }
        return Stream.of(all.get(0), all.get(1), Parts.join(all.get(1), all.get(2)));
    }

    /** Parts are the columns of the snapshots after the first one. */
    @MethodSource("columns")
    @FuzzTest
    void columnsGiveRecordsOrASentence(byte[] input) {
        RecordPredictor reader = new RecordPredictor();
        write(0, SNAPSHOTS.getFirst(), reader);
        int number = 1;
        try {
            for (byte[] part : Parts.of(input)) {
                ColumnReader in = new ColumnReader(Unpooled.wrappedBuffer(part));
                reader.beginSnapshot(number++);
                long bytes = 0;
                for (int i = 0; i < MAX_RECORDS; i++) {
                    bytes += reader.decode(in).body().readableBytes();
                }
                assertTrue(bytes <= RecordPredictor.MAX_SNAPSHOT_BYTES, bytes + " bytes of bodies");
                reader.endSnapshot();
                assertTrue(reader.bytes() <= 10 * RecordPredictor.MAX_SNAPSHOT_BYTES, reader.bytes() + " bytes");
            }
        } catch (BadColumnsException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }
}
