package dev.sockreel.benchmarks.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sockreel.benchmarks.results.GroupSizes;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a recording: its raw dumps, and the bytes of its first snapshot. */
class RecordedFileTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ReceiveTime TIME = new ReceiveTime(1_800_000_000_000_000_000L, 5);

    private final ByteArrayOutputStream expected = new ByteArrayOutputStream();

    private static byte[] tcp(int sockets) {
        DumpBuilder dump = new DumpBuilder();
        for (int i = 0; i < sockets; i++) {
            dump.add(InetDiagMsgBuilder.in(ORDER).cookie(1 + i).local("10.0.0.1", 80 + i));
        }
        return dump.add(NlmsgBuilder.done(ORDER, 0)).toBytes();
    }

    private static byte[] unix() {
        return new DumpBuilder().add(UnixDiagMsgBuilder.in(ORDER).inode(3).cookie(3))
                .add(NlmsgBuilder.done(ORDER, 0)).toBytes();
    }

    private void dump(CaptureWriter writer, int number, int snapshot, String family, byte[] bytes) throws IOException {
        writer.write(new DumpBegin(number, snapshot, 0, family, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                32_768, TIME, new byte[] {1}));
        writer.write(new Datagram(number, 0, 0, 0, bytes.length, 0, TIME, Unpooled.wrappedBuffer(bytes)));
        writer.write(new DumpEnd(number, DumpEnd.Outcome.DONE, 0, 1, "", TIME));
        expected.writeBytes(bytes);
    }

    /** Writes two snapshots and returns the file's size after the first. */
    private long write(Path reel) throws IOException {
        try (CaptureWriter writer = CaptureWriter.create(reel,
                new CaptureHeader(new UUID(1, 2), 0, TIME, ORDER, "a test"))) {
            writer.write(new SnapshotBegin(0, TIME));
            dump(writer, 0, 0, "tcp4", tcp(3));
            dump(writer, 1, 0, "unix", unix());
            writer.write(new SnapshotEnd(0, 2, TIME));
            long first = writer.fileBytes();
            writer.write(new SnapshotBegin(1, TIME));
            dump(writer, 2, 1, "tcp4", tcp(4));
            writer.write(new SnapshotEnd(1, 1, TIME));
            writer.finish();
            return first;
        }
    }

    @Test
    void rawDumpsAreTheBytesThatWereReceived(@TempDir Path folder) throws IOException {
        Path reel = folder.resolve("a.reel");
        write(reel);
        RawDumps dumps = RawDumps.of(reel, folder);
        assertArrayEquals(expected.toByteArray(), Files.readAllBytes(dumps.whole()));
        assertEquals(2, dumps.snapshots().size());
        assertArrayEquals(tcp(4), Files.readAllBytes(dumps.snapshots().getLast()));
        assertEquals(2, dumps.ssDumps().size());
        assertArrayEquals(tcp(3), Files.readAllBytes(dumps.ssDumps().getFirst()));
        assertEquals(8, dumps.sockets());
        assertEquals(4, dumps.steadySockets());
        assertEquals(7, dumps.ssSockets());
    }

    @Test
    void theFirstSnapshotEndsWhereTheWriterWasThen(@TempDir Path folder) throws IOException {
        Path reel = folder.resolve("a.reel");
        assertEquals(write(reel), GroupSizes.firstSnapshotBytes(reel));
        Path other = Files.write(folder.resolve("b"), new byte[100]);
        assertThrows(IOException.class, () -> GroupSizes.firstSnapshotBytes(other));
    }
}
