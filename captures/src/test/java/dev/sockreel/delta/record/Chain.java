package dev.sockreel.delta.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.delta.ColumnReader;
import dev.sockreel.delta.ColumnWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;

/** A writer and a reader that see the same snapshots: what the reader gets is compared with what was written. */
final class Chain {
    private final RecordPredictor writer = new RecordPredictor();
    private final RecordPredictor reader = new RecordPredictor();

    /** Lets both learn a snapshot that is stored verbatim. */
    Chain key(int snapshot, List<Body> records) {
        for (RecordPredictor both : List.of(writer, reader)) {
            both.beginSnapshot(snapshot);
            records.forEach(r -> both.learn(r.type(), Unpooled.wrappedBuffer(r.bytes())));
            both.endSnapshot();
        }
        return this;
    }

    /** Writes a snapshot, reads it, and fails unless every byte came back; returns the columns. */
    byte[] predicted(int snapshot, List<Body> records) throws BadColumnsException {
        byte[] columns = written(snapshot, records);
        reader.beginSnapshot(snapshot);
        ColumnReader in = new ColumnReader(Unpooled.wrappedBuffer(columns));
        for (Body expected : records) {
            Decoded decoded = reader.decode(in);
            assertEquals(expected.type(), decoded.type());
            assertArrayEquals(expected.bytes(), ByteBufUtil.getBytes(decoded.body()));
        }
        in.requireEnd();
        reader.endSnapshot();
        assertEquals((double) writer.bytes(), (double) reader.bytes(), 2 * snapshotBytes(records) + 4096,
                "both know about the same");
        return columns;
    }

    /** Writes a snapshot only; returns the columns. */
    byte[] written(int snapshot, List<Body> records) {
        writer.beginSnapshot(snapshot);
        ColumnWriter out = new ColumnWriter();
        for (Body record : records) {
            ByteBuf body = Unpooled.wrappedBuffer(record.bytes());
            writer.encode(record.type(), body, out);
            assertEquals(record.bytes().length, body.readableBytes(), "the body is not moved");
        }
        writer.endSnapshot();
        ByteBuf columns = Unpooled.buffer();
        out.writeTo(columns);
        return ByteBufUtil.getBytes(columns);
    }

    /** Reads columns that may be damaged: they give records, or fail with a sentence and nothing else. */
    void readDamaged(int snapshot, byte[] columns, int records) {
        try {
            reader.beginSnapshot(snapshot);
            ColumnReader in = new ColumnReader(Unpooled.wrappedBuffer(columns));
            for (int i = 0; i < records; i++) {
                reader.decode(in);
            }
            in.requireEnd();
            reader.endSnapshot();
        } catch (BadColumnsException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }

    long bytes() {
        return writer.bytes();
    }

    private static double snapshotBytes(List<Body> records) {
        return records.stream().mapToInt(r -> r.bytes().length).sum();
    }
}
