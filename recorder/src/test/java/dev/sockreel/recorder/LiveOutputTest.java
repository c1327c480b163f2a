package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.recorder.kernel.OfdLock;
import dev.sockreel.recorder.kernel.Platform;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others at the file of a recording: a second recorder, and programs that truncate, extend or rename it. */
@Live
class LiveOutputTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void needsLinux() {
        assumeTrue(Platform.isSupported(), "needs a 64-bit Linux kernel");
        file = folder.resolve("x.reel");
    }

    private static List<String> words(Path file, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "record", "-o", file.toString(), "--interval", "20ms", "--owners", "never", "--threads", "never"));
        words.addAll(List.of(more));
        return words;
    }

    private static Process start(Path file, String... more) throws IOException {
        return Child.start(words(file, more).toArray(String[]::new));
    }

    private Process recording() throws Exception {
        Process process = start(file);
        awaitGrowth();
        return process;
    }

    private void awaitGrowth() throws Exception {
        long then = Files.exists(file) ? Files.size(file) : 0;
        await(() -> Files.exists(file) && Files.size(file) >= then + 10_000);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        for (int i = 0; i < 4800 && !condition.holds(); i++) {
            TimeUnit.MILLISECONDS.sleep(25);
        }
        assertTrue(condition.holds(), "it never came to that");
    }

    private static Child stopped(Process process) throws Exception {
        Child.signal("INT", process);
        return Child.finish(process);
    }

    /** Checks that a recording ended well and claims what is in its file. */
    private static void assertWhole(Child ended, Path file) throws IOException {
        assertEquals(0, ended.exit(), ended.err());
        Recorded got = Recorded.read(file);
        assertTrue(got.whole());
        String claim = file + ": " + Counted.of(got.all(SnapshotEnd.class).size(), "snapshot") + ",";
        assertTrue(ended.err().contains(claim), claim + " is not in " + ended.err());
    }

    private static void assertRefused(Child refused, String why) {
        assertEquals(3, refused.exit(), refused.err());
        assertTrue(refused.err().startsWith("sockreel: ") && refused.err().contains(why), refused.err());
        assertEquals(1, refused.err().lines().count(), refused.err());
    }

    private void assertNothingElseIsThere(int files) throws IOException {
        try (var there = Files.list(folder)) {
            List<Path> all = there.toList();
            assertEquals(files, all.size(), all.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--force", "--no-modprobe"})
    void aFileThatIsBeingRecordedIsRefused(String option) throws Exception {
        Process first = recording();
        assertRefused(Child.run(words(file, "--count", "1", option).toArray(String[]::new)),
                file + ": is being recorded by another process");
        awaitGrowth();
        assertWhole(stopped(first), file);
        assertNothingElseIsThere(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--force", "--no-modprobe"})
    void ofSeveralThatBeginAtOnceOneWins(String option) throws Exception {
        if (option.equals("--force")) {
            Files.writeString(file, "to be replaced");
        }
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(start(file, option));
        }
        await(() -> all.stream().filter(Process::isAlive).count() == 1);
        awaitGrowth();
        for (Process process : all) {
            if (process.isAlive()) {
                assertWhole(stopped(process), file);
            } else {
                assertRefused(Child.finish(process), file.toString());
            }
        }
        assertNothingElseIsThere(1);
    }

    @Test
    void aKilledRecorderLeavesNoLock() throws Exception {
        recording().destroyForcibly().waitFor();
        OfdLock.of(file).close();
        assertWhole(Child.run(words(file, "--count", "2", "--force").toArray(String[]::new)), file);
    }

    @Test
    void theOpenPartIsLockedAndClosedOnesAreNot() throws Exception {
        Process process = start(file, "--rotate", "1s");
        await(() -> parts().size() >= 2);
        Path first = parts().getFirst();
        OfdLock.of(first).close();
        await(() -> {
            Path last = parts().getLast();
            try (OfdLock lock = OfdLock.of(last)) {
                return !lock.isHeld();
            } catch (OfdLock.HeldException e) {
                return true;
            }
        });
        assertEquals(0, stopped(process).exit());
        OfdLock.of(parts().getLast()).close();
    }

    private List<Path> parts() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith("Z.reel")).sorted().toList();
        }
    }

    @Test
    void aFileThatIsTruncatedHoldsWhatIsLeft() throws Exception {
        Process process = recording();
        await(() -> !Recorded.read(file).all(SnapshotEnd.class).isEmpty());
        long whole = Files.size(file); // groups are written whole, so this is the end of one
        await(() -> Files.size(file) > whole);
        long left = whole + 10;
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            other.truncate(left);
        }
        Child ended = Child.finish(process);
        assertEquals(3, ended.exit(), ended.err());
        assertEquals(left, Files.size(file), "nothing is written after a gap");
        int finished = Recorded.read(file).all(SnapshotEnd.class).size();
        assertTrue(finished > 0);
        assertTrue(ended.err().contains("sockreel: " + file + " was truncated by another program: " + left
                + " bytes are in it, but "), ended.err());
        assertTrue(ended.err().contains("; " + Counted.of(finished, "finished snapshot is", "finished snapshots are")
                + " in " + file + System.lineSeparator()), finished + ": " + ended.err());
        assertFalse(ended.err().contains(" on disk"), ended.err());
    }

    @Test
    void aFileThatIsEmptiedHoldsNothing() throws Exception {
        Process process = recording();
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
        Child ended = Child.finish(process);
        assertEquals(3, ended.exit(), ended.err());
        assertTrue(ended.err().contains(" was truncated by another program: 0 bytes"), ended.err());
        assertTrue(ended.err().contains("; 0 finished snapshots are in " + file), ended.err());
    }

    @Test
    void aFileThatOthersWriteIsNotWrittenOn() throws Exception {
        Process process = recording();
        Files.writeString(file, "not of this recorder", StandardOpenOption.APPEND);
        Child ended = Child.finish(process);
        assertEquals(3, ended.exit(), ended.err());
        assertTrue(ended.err().contains(file + " was written by another program: "), ended.err());
        int finished = Recorded.read(file).all(SnapshotEnd.class).size();
        assertTrue(ended.err().contains("; " + Counted.of(finished, "finished snapshot is", "finished snapshots are")
                + " in " + file), finished + ": " + ended.err());
    }

    /** As logrotate does, with a new file under the old name. */
    @Test
    void aFileThatIsRenamedIsFollowed() throws Exception {
        Process process = recording();
        Path moved = folder.resolve("x.reel.1");
        Files.move(file, moved);
        Files.writeString(file, "somebody else's");
        long then = Files.size(moved);
        await(() -> Files.size(moved) >= then + 10_000);
        assertThrows(OfdLock.HeldException.class, () -> OfdLock.of(moved));
        Child ended = stopped(process);
        assertWhole(ended, moved.toRealPath());
        assertTrue(
                ended.err().contains(file + " was renamed to " + moved.toRealPath() + "; the recording goes on there"),
                ended.err());
        assertEquals("somebody else's", Files.readString(file));
    }

    /** The last line counts only the parts that are left. */
    @Test
    void whatWasDeletedIsNotClaimed() throws Exception {
        Process process = start(file, "--rotate", "1s");
        await(() -> parts().size() >= 3);
        Files.delete(parts().getFirst());
        Files.move(parts().getFirst(), folder.resolve("archived"));
        Child ended = stopped(process);
        assertEquals(0, ended.exit(), ended.err());
        int left = 0;
        for (Path part : parts()) {
            left += Recorded.read(part).all(SnapshotEnd.class).size();
        }
        assertTrue(ended.err().contains(": " + Counted.of(left, "snapshot") + ","), left + ": " + ended.err());
        assertTrue(ended.err().contains("2 earlier parts with ") && ended.err().contains(" are gone"), ended.err());
    }

    @Test
    void aFileSystemWithoutLocksIsReported() throws Exception {
        assumeTrue(NativePrograms.isAvailable(), "needs cc");
        List<String> command = new ArrayList<>(List.of(NativePrograms.refuse().toString(), "lock"));
        assumeTrue(new ProcessBuilder(command.getFirst(), "lock", "true").start().waitFor() == 0, "needs seccomp");
        command.addAll(Child.command(words(file, "--count", "2").toArray(String[]::new)));
        Child ended = Child.finish(new ProcessBuilder(command).start());
        assertWhole(ended, file);
        assertEquals(1, ended.err().lines().filter(l -> l.contains("knows no locks")).count(), ended.err());
    }
}
