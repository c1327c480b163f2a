package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.BadRecordException;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.RecordTypes;
import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.fuzz.OneLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks that hold for the reader's results on any file. */
final class ReadingCheck {
    /** Reads a file and returns its records' bytes; empty when it is no capture, which one line reports. */
    static List<String> read(Path path) throws IOException {
        try (CaptureReader in = CaptureReader.open(path)) {
            List<String> records = drain(in);
            assertNull(in.next(), "ended is ended");
            check(in, Files.size(path));
            seeks(in);
            return records;
        } catch (NotACaptureException e) {
            OneLine.check(e.getMessage());
            return List.of();
        }
    }

    /** Reads a file that was written to be whole. */
    static List<String> readWhole(Path path) throws IOException {
        try (CaptureReader in = CaptureReader.open(path)) {
            List<String> records = drain(in);
            assertTrue(in.isWhole(), () -> in.damages().toString());
            return records;
        }
    }

    private static List<String> drain(CaptureReader in) throws IOException {
        List<String> records = new ArrayList<>();
        for (CaptureRecord record = in.next(); record != null; record = in.next()) {
            records.add(record.type() + " " + ByteBufUtil.hexDump(roundTrip(record)));
        }
        return records;
    }

    /** Checks that a record, encoded again, decodes to an equal one. */
    static ByteBuf roundTrip(CaptureRecord record) throws BadRecordException {
        ByteBuf once = encoded(record);
        CaptureRecord again = RecordTypes.decode(record.type(), once.slice());
        assertTrue(again != null, "a type that is known once and not again");
        assertEquals(once, encoded(again == null ? record : again), "written and read again");
        return once;
    }

    private static ByteBuf encoded(CaptureRecord record) {
        ByteBuf out = Unpooled.buffer();
        record.encode(out);
        assertTrue(out.readableBytes() <= record.maxBytes(), () -> record.getClass() + " is longer than its bound");
        return out;
    }

    private static void check(CaptureReader in, long size) {
        List<Damage> damages = in.damages();
        boolean cut = in.ending() == CaptureReader.Ending.CUT;
        assertEquals(in.damageCount() + (cut ? 1 : 0), damages.size(), "damages counted and listed");
        for (Damage d : damages) {
            assertTrue(d.offset() >= 0 && d.bytes() >= 0 && d.offset() + d.bytes() <= size,
                    () -> "outside of the file: " + d);
            OneLine.check(d.why());
        }
        assertEquals(in.isWhole(), damages.isEmpty() && in.ending() == CaptureReader.Ending.CLOSED);
        long rest = size - in.compressedBytes();
        assertTrue(rest >= 0, "more was read than there is");
        assertTrue(!in.isWhole()
                || (rest >= FileIndex.bytes(0) && (rest - FileIndex.bytes(0)) % PlainFile.INDEX_ENTRY_BYTES == 0),
                () -> rest + " bytes of a whole file are neither a group nor the index");
    }

    /** Checks that the reader can seek to each listed group. */
    private static void seeks(CaptureReader in) throws IOException {
        long before = -1;
        for (GroupEntry group : in.groups()) {
            assertTrue(group.offset() > before, "groups in the file's order");
            before = group.offset();
            in.seek(group);
            drain(in);
        }
    }

    private ReadingCheck() {}
}
