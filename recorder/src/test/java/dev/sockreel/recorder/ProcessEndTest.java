package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.recorder.kernel.Platform;
import dev.sockreel.wording.Counted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends recordings by a signal, by kill -9, and by a full disk. */
@Live
class ProcessEndTest {
    private static final int KILLS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void needsLinux() {
        assumeTrue(Platform.isSupported(), "needs a 64-bit Linux kernel");
    }

    private static void awaitSnapshots(Path file, long bytes) throws Exception {
        for (int i = 0; i < 4800 && (!Files.exists(file) || Files.size(file) < bytes); i++) {
            TimeUnit.MILLISECONDS.sleep(25);
        }
        assertTrue(Files.exists(file) && Files.size(file) >= bytes, "it records nothing");
    }

    /** Stops between two dumps and while waiting for the next snapshot, which is an hour away. */
    @ParameterizedTest
    @CsvSource({"INT, 100ms, 4000", "TERM, 100ms, 4000", "INT, 1h, 1", "TERM, 1h, 1"})
    void aSignalEndsWithACompleteFileAndExit0(String signal, String interval, long bytes) throws Exception {
        Path file = folder.resolve(signal + ".reel");
        Process process = Child.start("record", "-o", file.toString(), "--interval", interval);
        awaitSnapshots(file, bytes);
        Child.signal(signal, process);
        Child ended = Child.finish(process);
        assertEquals(0, ended.exit(), ended.err());
        assertEquals("", ended.out());
        Recorded got = Recorded.read(file);
        assertTrue(got.whole());
        int snapshots = got.all(SnapshotEnd.class).size();
        assertEquals(snapshots, got.all(SnapshotBegin.class).size());
        assertTrue(ended.err().contains(": " + Counted.of(snapshots, "snapshot") + ","), ended.err());
    }

    @Test
    void aTerminalShowsTheTotals() throws Exception {
        assumeTrue(NativePrograms.onPath("script"), "needs script(1)");
        Path file = folder.resolve("x.reel");
        List<String> words = Child.command("record", "-o", file.toString(), "--count", "3", "--interval", "200ms");
        String line = words.stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
        Process process = new ProcessBuilder("script", "-qec", line, "/dev/null").start();
        process.getOutputStream().close();
        Child ended = Child.finish(process);
        assertEquals(0, ended.exit(), ended.toString());
        for (int i = 1; i <= 3; i++) {
            assertTrue(ended.out().contains("\r\033[K" + i + " of 3 snapshots, "), ended.out());
        }
        assertTrue(ended.out().contains("\r\033[K" + file + ": 3 snapshots, "), ended.out());
        assertTrue(ended.out().stripTrailing().endsWith("Next: sockreel findings " + file), ended.out());
    }

    @Test
    void killedAtAnyMomentTheFinishedSnapshotsStayReadable() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("kill -9 seed " + seed);
        int readable = 0;
        for (int i = 0; i < KILLS; i++) {
            Path file = folder.resolve("k" + i + ".reel");
            Process process = Child.start("record", "-o", file.toString(), "--interval", "20ms", "--owners", "never");
            awaitSnapshots(file, 1);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(700));
            long sizeBefore = Files.size(file);
            process.destroyForcibly().waitFor();
            Recorded got = Recorded.read(file);
            String what = "seed " + seed + ", run " + i;
            assertNotEquals(CaptureReader.Ending.CLOSED, got.ending(), what);
            List<SnapshotEnd> ends = got.all(SnapshotEnd.class);
            for (int n = 0; n < ends.size(); n++) {
                assertEquals(n, ends.get(n).snapshot(), what);
            }
            assertTrue(Files.size(file) >= sizeBefore, what);
            readable += ends.size();
        }
        assertTrue(readable > 0, "seed " + seed + ": no recording lived to its first snapshot");
    }

    @Test
    void aFullDeviceIsOneSentence() throws Exception {
        Child full = Child.run("record", "-o", "/dev/full", "--count", "1");
        assertEquals(3, full.exit());
        assertTrue(full.err().contains("No space left on device"), full.err());
        assertFalse(full.err().contains("\tat "), full.err());
        assertFalse(full.err().contains(" snapshots, "), "nothing is reported as recorded: " + full.err());
    }

    @Test
    void aDiskThatFillsUpLeavesAReadableFile() throws Exception {
        assumeTrue(NetNamespace.isAvailable(), "needs root to mount");
        Path mount = Files.createDirectory(folder.resolve("small"));
        Path copy = folder.resolve("copy.reel");
        String record = String.join(" ", Child.command(
                "record", "-o", mount.resolve("x.reel").toString(), "--interval", "2ms", "--owners", "never"));
        // The mount is in a mount namespace of its own and vanishes with it.
        Process process = new ProcessBuilder("unshare", "-m", "sh", "-c",
                "mount -t tmpfs -o size=128k tmpfs " + mount + " && { " + record + "; code=$?; cp "
                        + mount + "/x.reel " + copy + "; exit $code; }")
                .start();
        Child ended = Child.finish(process);
        assertEquals(3, ended.exit(), ended.err());
        assertTrue(ended.err().contains("No space left on device"), ended.err());
        Recorded got = Recorded.read(copy);
        int finished = got.all(SnapshotEnd.class).size();
        assertTrue(finished > 0);
        String readable = "; " + Counted.of(finished, "finished snapshot is", "finished snapshots are") + " in ";
        assertTrue(ended.err().contains(readable), ended.err() + finished);
        assertNotEquals(CaptureReader.Ending.CLOSED, got.ending());
    }

    @Test
    void anExistingFileIsLeftAloneUnlessForced() throws Exception {
        Path file = Files.writeString(folder.resolve("x.reel"), "precious");
        Child refused = Child.run("record", "-o", file.toString(), "--count", "1");
        assertEquals(3, refused.exit());
        assertEquals("precious", Files.readString(file));
        assertEquals(1, refused.err().lines().count(), refused.err());
        Child forced = Child.run("record", "-o", file.toString(), "--count", "1", "--force");
        assertEquals(0, forced.exit(), forced.err());
        assertTrue(Recorded.read(file).whole());
    }
}
