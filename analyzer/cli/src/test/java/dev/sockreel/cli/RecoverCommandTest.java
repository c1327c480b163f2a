package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code sockreel recover} as scripts call it; {@link DamagedReelTest} tests each kind of damage. */
class RecoverCommandTest {
    private static final int SNAPSHOTS = 40;
    private static final int DATAGRAMS = 120;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private CommandRun recover(Path from, Path to) {
        return CommandRun.of(from, "recover", "-o", to.toString());
    }

    @Test
    void lossesArePrintedAndSummarized() throws IOException {
        byte[] bytes = Files.readAllBytes(LiveCapture.reel(folder));
        Path damaged = Files.write(folder.resolve("cut.reel"), Arrays.copyOf(bytes, bytes.length / 2));
        Path to = folder.resolve("new.reel");
        CommandRun run = recover(damaged, to).exits(4);
        assertTrue(run.out().startsWith("lost: after 20") && run.out().contains("Z, snapshot "), run::toString);
        assertTrue(run.out().contains("and all later ones\n  byte "), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
        assertTrue(run.err().contains("has lost what is listed above"), run::toString);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(to)));
        CommandRun info = CommandRun.of(to, "info");
        assertTrue(info.out().contains("records are missing here; they were lost before the file was recovered"),
                info::toString);
        assertTrue(info.out().contains("closed, undamaged"), info::toString);
        CommandRun json = CommandRun.of(damaged, "info", "--format", "json").exits(4);
        assertEquals(1,
                JsonTree.asObjects(JsonTree.asObjects(JsonTree.parse(json.out())).getFirst().get("damages")).size());
    }

    @Test
    void aWholeFileIsCopiedAndIs0() throws IOException {
        Path to = folder.resolve("copy.reel");
        CommandRun run = recover(Captures.WHOLE, to).exits(0);
        assertEquals("", run.out());
        assertTrue(run.err().contains("is undamaged; this is a copy"), run::toString);
        assertArrayEquals(Files.readAllBytes(Captures.WHOLE), Files.readAllBytes(to));
    }

    @Test
    void nothingIsOverwrittenAndNothingMadeOfNothing() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "mine");
        recover(Captures.CUT, kept).exits(3).saysOnly(1);
        assertEquals("mine", Files.readString(kept));
        Path same = Files.copy(Captures.CUT, folder.resolve("same.reel"));
        recover(same, same).exits(3).saysOnly(1);
        assertArrayEquals(Files.readAllBytes(Captures.CUT), Files.readAllBytes(same));
        Path to = folder.resolve("none.reel");
        for (Path from : List.of(Captures.TEXT, Captures.MISSING, folder)) {
            recover(from, to).exits(3).saysOnly(1);
        }
        assertFalse(Files.exists(to));
        CommandRun.of(Captures.WHOLE, "recover").exits(2);
        CommandRun.of("recover", "-o", to.toString()).exits(2);
        CommandRun.of(Captures.WHOLE, "recover", "-o", to.toString(), "--no-such-option").exits(2);
        assertFalse(Files.exists(to));
    }

    @Test
    void aFullDiskIs3AndNamesTheFile() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full here");
        CommandRun run = recover(Captures.WHOLE, full).exits(3);
        assertTrue(run.err().contains("/dev/full: No space left on device"), run::toString);
    }

    /** Recovers 157 MB of records with a gap in the middle, in a heap of 24 MB. */
    @Test
    @Tag("process")
    void aLargeFileNeedsNoMoreMemory() throws IOException {
        Path large = folder.resolve("large.reel");
        writeLarge(large);
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write("twenty damaged bytes".getBytes(StandardCharsets.US_ASCII));
        }
        Path to = folder.resolve("new.reel");
        List<CommandRun> runs =
                ManyCommands.run("-Xmx24m", List.of(List.of("recover", large.toString(), "-o", to.toString())));
        CommandRun run = runs.getFirst().exits(4);
        assertTrue(run.out().startsWith("lost: "), run::toString);
        assertTrue(run.err().contains(" of " + SNAPSHOTS + " snapshots"), run::toString);
    }

    /** A heap too small for one group causes one sentence. */
    @Test
    @Tag("process")
    void tooLittleMemoryIsOneSentence() throws IOException {
        Path large = folder.resolve("large.reel");
        writeLarge(large);
        List<CommandRun> runs = ManyCommands.run("-Xmx8m", List.of(List.of("verify", large.toString())));
        CommandRun run = runs.getFirst().exits(3);
        assertTrue(run.err().contains("out of memory"), run::toString);
    }

    private static void writeLarge(Path path) throws IOException {
        CaptureHeader header = new CaptureHeader(new UUID(1, 2), 0, time(0), ByteOrder.LITTLE_ENDIAN, "a test");
        byte[] data = new byte[32 * 1024];
        try (CaptureWriter out = CaptureWriter.create(path, header)) {
            for (int s = 0; s < SNAPSHOTS; s++) {
                out.write(new SnapshotBegin(s, time(s)));
                out.write(new DumpBegin(s, s, 0, "tcp4", DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                        data.length,
                        time(s), new byte[0]));
                for (int d = 0; d < DATAGRAMS; d++) {
                    Arrays.fill(data, d, d + 100, (byte) s);
                    out.write(new Datagram(s, d, 0, 0, data.length, 0, time(s), Unpooled.wrappedBuffer(data)));
                }
                out.write(new SnapshotEnd(s, 1, time(s)));
            }
            out.finish();
        }
    }

    private static ReceiveTime time(int second) {
        return new ReceiveTime(1_800_000_000_000_000_000L + second * 1_000_000_000L, second);
    }
}
