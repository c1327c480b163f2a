package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.delta.ColumnReader;
import dev.sockreel.delta.ColumnWriter;
import dev.sockreel.delta.record.Decoded;
import dev.sockreel.delta.record.RecordPredictor;
import dev.sockreel.fixtures.Capture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records of imports, which know less than a recorder's, come back byte for byte where they are predicted. */
final class PredictedRecordsOfImportsTest {
    private record Body(int type, byte[] bytes) {}

    @Test
    void recordsOfImportsComeBack() throws IOException {
        RecordPredictor writer = new RecordPredictor();
        RecordPredictor reader = new RecordPredictor();
        int snapshot = 0;
        for (String capture : List.of(Capture.MODS, Capture.NOMODS, Capture.PARTIAL)) {
            List<Body> records = records(ImportedCapture.rawWithOwners(capture));
            assertTrue(records.size() > 10, capture);
            for (int again = 0; again < 2; again++) {
                comeBack(snapshot++, records, writer, reader);
            }
        }
    }

    private static List<Body> records(ImportedCapture imported) throws IOException {
        List<Body> records = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(imported.reel())) {
            CaptureRecord record;
            while ((record = reader.next()) != null) {
                if (!(record instanceof Datagram)) {
                    ByteBuf body = Unpooled.buffer();
                    record.encode(body);
                    records.add(new Body(record.type(), ByteBufUtil.getBytes(body)));
                }
            }
        }
        return records;
    }

    private static void comeBack(int snapshot, List<Body> records, RecordPredictor writer, RecordPredictor reader)
            throws IOException {
        ColumnWriter out = new ColumnWriter();
        writer.beginSnapshot(snapshot);
        records.forEach(r -> writer.encode(r.type(), Unpooled.wrappedBuffer(r.bytes()), out));
        writer.endSnapshot();
        ByteBuf columns = Unpooled.buffer();
        out.writeTo(columns);
        ColumnReader in = new ColumnReader(columns);
        reader.beginSnapshot(snapshot);
        for (Body expected : records) {
            Decoded decoded = reader.decode(in);
            assertEquals(expected.type(), decoded.type());
            assertArrayEquals(expected.bytes(), ByteBufUtil.getBytes(decoded.body()));
        }
        in.requireEnd();
        reader.endSnapshot();
    }
}
