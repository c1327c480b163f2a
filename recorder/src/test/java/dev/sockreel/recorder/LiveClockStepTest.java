package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.ShiftedClock;
import dev.sockreel.recorder.kernel.Platform;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings during which the realtime clock is set: ages are by the monotonic clock, and nothing is lost. */
@Live
class LiveClockStepTest {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path parts = Path.of("");
    private Path links = Path.of("");

    @BeforeEach
    void needsLinux() throws IOException {
        assumeTrue(Platform.isSupported() && NativePrograms.isAvailable(), "needs a 64-bit Linux kernel and cc");
        parts = Files.createDirectory(folder.resolve("parts"));
        links = Files.createDirectory(folder.resolve("links"));
    }

    private Process start(ShiftedClock clock, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "record", "-o", parts.resolve("x.reel").toString(), "--interval", "50ms", "--owners", "never"));
        words.addAll(List.of(more));
        return clock.in(new ProcessBuilder(Child.command(words.toArray(String[]::new)))).start();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        for (int i = 0; i < 4800 && !condition.holds(); i++) {
            TimeUnit.MILLISECONDS.sleep(25);
        }
        assertTrue(condition.holds(), "it never came to that");
    }

    private List<Path> parts() throws IOException {
        try (var files = Files.list(parts)) {
            return files.filter(f -> f.toString().endsWith(".reel")).sorted().toList();
        }
    }

    private void awaitMoreParts(int more) throws Exception {
        int wanted = parts().size() + more;
        await(() -> parts().size() >= wanted);
    }

    /** Ends the recording; returns its parts in their order. */
    private List<Recorded> end(Process process) throws Exception {
        Child.signal("INT", process);
        Child ended = Child.finish(process);
        assertEquals(0, ended.exit(), ended.err());
        List<Recorded> recorded = new ArrayList<>();
        for (Path part : parts()) {
            recorded.add(Recorded.read(part));
        }
        recorded.sort(Comparator.comparingInt(r -> r.all(CaptureHeader.class).getFirst().part()));
        List<Integer> snapshots = all(recorded, SnapshotEnd.class).stream().map(SnapshotEnd::snapshot).toList();
        assertTrue(ended.err().contains(": " + Counted.of(snapshots.size(), "snapshot") + ","), ended.err());
        for (int i = 0; i < snapshots.size(); i++) {
            assertEquals(i, snapshots.get(i), "no snapshot is lost");
        }
        assertTrue(recorded.stream().allMatch(Recorded::whole));
        return recorded;
    }

    private static <T extends CaptureRecord> List<T> all(List<Recorded> parts, Class<T> type) {
        return parts.stream().flatMap(p -> p.all(type).stream()).toList();
    }

    private static List<Long> stepsInSeconds(List<Recorded> parts) {
        return all(parts, RecorderNote.class).stream()
                .filter(n -> n.kind() == RecorderNote.Kind.REALTIME_STEPPED)
                .map(n -> Math.round(n.value() / 1e9))
                .toList();
    }

    @Test
    void partsBeginByTheMonotonicClockAndEachStepIsNoted() throws Exception {
        ShiftedClock clock = new ShiftedClock(folder);
        Process process = start(clock, "--rotate", "1s", "--retain", "30m");
        awaitMoreParts(2);
        clock.step(Duration.ofHours(-1));
        awaitMoreParts(2);
        clock.step(Duration.ofHours(2));
        awaitMoreParts(2);
        List<Recorded> recorded = end(process);
        for (int i = 0; i < recorded.size(); i++) {
            assertEquals(i, recorded.get(i).all(CaptureHeader.class).getFirst().part(), "no part is deleted");
        }
        assertEquals(List.of(-3600L, 7200L), stepsInSeconds(recorded));
        List<SnapshotBegin> begins = all(recorded, SnapshotBegin.class);
        boolean wentBack = false;
        for (int i = 1; i < begins.size(); i++) {
            wentBack |= begins.get(i).time().realtimeNs() < begins.get(i - 1).time().realtimeNs();
            assertTrue(begins.get(i).time().monotonicNs() > begins.get(i - 1).time().monotonicNs());
        }
        assertTrue(wentBack, "the recorder does not read the clock that was set");
    }

    /** The clock is set back into the second that the newest part is named after, until a name is taken. */
    @ParameterizedTest
    @ValueSource(strings = {"--no-modprobe", "--force"})
    void aNameThatIsTakenGetsASuffix(String option) throws Exception {
        ShiftedClock clock = new ShiftedClock(folder);
        Process process = start(clock, "--rotate", "1s", option);
        Set<Path> seen = new HashSet<>();
        await(() -> {
            for (Path part : parts()) {
                if (seen.add(part)) {
                    clock.stepTo(begun(part).minusSeconds(1));
                }
            }
            return parts().stream().anyMatch(p -> p.toString().endsWith("Z-2.reel"));
        });
        awaitMoreParts(1);
        List<Recorded> recorded = end(process);
        assertEquals(recorded.size(), recorded.getLast().all(CaptureHeader.class).getFirst().part() + 1);
        assertTrue(stepsInSeconds(recorded).stream().allMatch(s -> s < 0));
        assertFalse(stepsInSeconds(recorded).isEmpty());
    }

    /** Returns the time in the part's name. */
    private static Instant begun(Path part) {
        String name = String.valueOf(part.getFileName());
        return STAMP.parse(name.substring(2, 18), Instant::from);
    }

    /** A file of somebody else is not overwritten and not deleted, whatever its name. */
    @Test
    void aForeignFileUnderAPartsNameStays() throws Exception {
        ShiftedClock clock = new ShiftedClock(folder);
        Process process = start(clock, "--rotate", "1s", "--retain", "3s", "--force");
        awaitMoreParts(1);
        Path first = parts().getFirst();
        awaitMoreParts(1);
        Files.delete(first);
        Files.writeString(first, "precious");
        Path second = parts().get(1);
        Instant later = begun(second).plus(Duration.ofDays(1));
        for (int i = 0; i < 120; i++) {
            Files.writeString(parts.resolve("x-" + STAMP.format(later.plusSeconds(i)) + ".reel"), "precious too");
        }
        clock.stepTo(later);
        await(() -> !Files.exists(second));
        Child.signal("INT", process);
        Child ended = Child.finish(process);
        assertEquals(0, ended.exit(), ended.err());
        assertEquals("precious", Files.readString(first));
        for (int i = 0; i < 120; i++) {
            assertEquals("precious too",
                    Files.readString(parts.resolve("x-" + STAMP.format(later.plusSeconds(i)) + ".reel")));
        }
        assertTrue(parts().stream().anyMatch(p -> p.toString().endsWith("-2.reel")), "parts begun meanwhile");
    }

    /** Keeps a part readable; returns false when it has just been deleted. */
    private boolean link(Path part) throws IOException {
        try {
            Files.createLink(links.resolve(part.getFileName()), part);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Test
    void noPartIsDeletedBeforeItsAge() throws Exception {
        ShiftedClock clock = new ShiftedClock(folder);
        Process process = start(clock, "--rotate", "1s", "--retain", "4s");
        awaitMoreParts(2);
        clock.step(Duration.ofHours(1));
        Set<Path> seen = new HashSet<>();
        List<Path> deleted = new ArrayList<>();
        List<Long> noLaterThanNs = new ArrayList<>();
        await(() -> {
            for (Path part : parts()) {
                if (!seen.contains(part) && link(part)) {
                    seen.add(part);
                }
            }
            for (Path part : seen) {
                if (!Files.exists(part) && !deleted.contains(part)) {
                    deleted.add(part);
                    noLaterThanNs.add(System.nanoTime());
                }
            }
            return deleted.size() >= 3;
        });
        Child.signal("INT", process);
        assertEquals(0, Child.finish(process).exit());
        for (int i = 0; i < deleted.size(); i++) {
            Recorded part = Recorded.read(links.resolve(deleted.get(i).getFileName()));
            long closedNs = part.all(CaptureClose.class).getFirst().time().monotonicNs();
            assertTrue(noLaterThanNs.get(i) - closedNs >= Duration.ofSeconds(4).toNanos(), deleted.get(i) + " after "
                    + (noLaterThanNs.get(i) - closedNs) + " ns");
        }
    }
}
