package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.chain.KeyPolicy;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage in predicted snapshots: it is told, costs what it must, and invents nothing. */
class ChainDamageTest {
    private static final int SNAPSHOTS = 20;
    private static final int KEYS = 12;
    private static final int MIDDLE = 4;
    private static final long SEED = Long.getLong("sockreel.seed", System.nanoTime());

    @TempDir
    Path folder = Path.of("");

    private byte[] bytes = {};
    private List<GroupEntry> groups = List.of();
    private List<String> records = List.of();
    /** The records of each snapshot. */
    private Map<Integer, List<String>> snapshots = Map.of();

    ChainDamageTest() {
        System.out.println("ChainDamageTest seed " + SEED);
    }

    @BeforeEach
    void write() throws IOException {
        Path path = MadeCapture.write(folder, MadeCapture.records(SEED, SNAPSHOTS, 3, false),
                new KeyPolicy(KEYS, MIDDLE), 1 << 28);
        bytes = Files.readAllBytes(path);
        try (CaptureReader in = CaptureReader.open(path)) {
            groups = in.groups();
        }
        records = Reading.of(path).records();
        snapshots = snapshots(path);
        assertEquals(SNAPSHOTS, snapshots.size());
        assertEquals(List.of("KEY", "MIDDLE_KEY", "MIDDLE_KEY", "KEY", "MIDDLE_KEY"), ChainRoundTripTest.keys(path));
    }

    @Test
    void everyFlippedByteIsToldAndCostsNoMoreThanItMust() throws Exception {
        byte[] hit = bytes.clone();
        Path path = folder.resolve("flipped.reel");
        for (int at = 0; at < bytes.length; at += 7) {
            hit[at] ^= (byte) (1 << at % 8);
            Files.write(path, hit);
            check(path, at, at + 1);
            hit[at] = bytes[at];
        }
    }

    @Test
    void missingGroupsCostTheirSnapshotsAndThoseAfterThem() throws Exception {
        Path path = folder.resolve("gap.reel");
        for (int i = 1; i < groups.size(); i++) {
            int from = (int) groups.get(i).offset();
            int to = end(i);
            Files.write(path, SampleFile.join(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length)));
            check(path, from, to);
        }
    }

    @Test
    void aCutFileIsReadUpToItsLastWholeGroup() throws Exception {
        Path path = folder.resolve("cut.reel");
        for (int length = end(0); length < end(groups.size() - 1); length += 97) {
            Files.write(path, Arrays.copyOf(bytes, length));
            requireWholeSnapshots(path, length);
        }
        for (int i = 0; i < groups.size(); i++) {
            Files.write(path, Arrays.copyOf(bytes, end(i)));
            requireWholeSnapshots(path, end(i));
        }
    }

    private void requireWholeSnapshots(Path path, int length) throws IOException {
        Map<Integer, List<String>> expected = new LinkedHashMap<>();
        for (int i = 0; i < groups.size() && end(i) <= length; i++) {
            int snapshot = groups.get(i).firstSnapshot();
            expected.put(snapshot, snapshots.get(snapshot));
        }
        assertEquals(expected, snapshots(path), "cut at " + length);
        Reading reading = Reading.of(path);
        assertFalse(reading.whole());
        assertTrue(reading.damages().stream().allMatch(d -> d.kind() == Damage.Kind.CUT), reading.damages()::toString);
        Map<Integer, List<String>> recovered = recovered(path);
        recovered.keySet().retainAll(expected.keySet()); // it also has what is left of the one that was cut
        assertEquals(expected, recovered, "recovered, cut at " + length);
    }

    private int end(int group) {
        return group + 1 < groups.size() ? (int) groups.get(group + 1).offset()
                : bytes.length - FileIndex.bytes(groups.size());
    }

    /** Checks a file whose bytes in this range are damaged or missing. */
    private void check(Path path, int from, int to) throws IOException {
        Reading reading = Reading.of(path);
        String where = "damaged at " + from;
        assertFalse(reading.whole(), where);
        assertFalse(reading.damages().isEmpty(), where);
        requireSubsequence(reading.records(), where);
        Map<Integer, List<String>> read = snapshots(path);
        Set<Integer> lost = new TreeSet<>(snapshots.keySet());
        read.forEach((snapshot, shown) -> {
            if (shown.equals(snapshots.get(snapshot))) {
                lost.remove(snapshot);
            }
        });
        assertTrue(mayBeLost(from, to).containsAll(lost),
                () -> where + ", lost " + lost + " of " + mayBeLost(from, to) + " " + reading.damages());
        for (int snapshot : lost) {
            String name = "snapshot " + snapshot + " cannot be read";
            long told = reading.damages().stream().filter(d -> d.why().contains(name)).count();
            assertTrue(told <= 1, () -> where + ": " + name + " is told " + told + " times");
        }
        assertEquals(lost.isEmpty(), reading.damages().stream().noneMatch(Damage::loses) || lost.isEmpty(),
                () -> where + ", lost " + lost + " " + reading.damages());
        Map<Integer, List<String>> again = recovered(path);
        for (int snapshot : snapshots.keySet()) {
            if (!lost.contains(snapshot)) {
                assertEquals(snapshots.get(snapshot), again.get(snapshot), () -> where + ", recovered " + snapshot);
            }
        }
    }

    /** Returns the snapshots of damaged groups and those that are predicted from them. */
    private Set<Integer> mayBeLost(int from, int to) {
        Set<Integer> lost = new TreeSet<>();
        boolean keyLost = false;
        boolean stepLost = false;
        for (int i = 0; i < groups.size(); i++) {
            GroupEntry group = groups.get(i);
            boolean hit = group.offset() < to && end(i) > from;
            if (group.isKey()) {
                keyLost = hit;
                stepLost = hit;
            } else if (group.isMiddleKey()) {
                stepLost = hit;
            } else {
                stepLost |= hit;
            }
            if (hit || keyLost || stepLost) {
                lost.add(group.firstSnapshot());
            }
        }
        return lost;
    }

    /** Recovers a file and returns the new one's snapshots. */
    private Map<Integer, List<String>> recovered(Path path) throws IOException {
        Path to = folder.resolve("recovered.reel");
        Files.deleteIfExists(to);
        CaptureRecovery.run(path, to, loss -> {});
        Reading reading = Reading.of(to);
        assertTrue(reading.whole(), () -> path + ": " + reading.damages());
        return snapshots(to);
    }

    private void requireSubsequence(List<String> read, String where) {
        int at = 0;
        for (String record : read) {
            int found = records.subList(at, records.size()).indexOf(record);
            assertTrue(found >= 0, () -> where + " made or moved a record: " + record);
            at += found + 1;
        }
    }

    private static Map<Integer, List<String>> snapshots(Path path) throws IOException {
        Map<Integer, List<String>> all = new LinkedHashMap<>();
        List<String> open = null;
        try (CaptureReader in = CaptureReader.open(path)) {
            for (CaptureRecord record = in.next(); record != null; record = in.next()) {
                if (record instanceof SnapshotBegin begin) {
                    open = new ArrayList<>();
                    all.put(begin.snapshot(), open);
                }
                if (open != null && !(record instanceof RecorderNote)) {
                    open.add(SampleRecords.show(record));
                }
                open = record instanceof SnapshotEnd ? null : open;
            }
        }
        return all;
    }
}
