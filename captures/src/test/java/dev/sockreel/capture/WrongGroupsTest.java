package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads files with intact groups in wrong places, and with stray bytes. */
class WrongGroupsTest {
    @TempDir
    Path folder = Path.of("");

    private SampleFile sample = new SampleFile(new byte[0], List.of(), List.of(), 0);

    @BeforeEach
    void writeSample() throws Exception {
        sample = SampleFile.write(folder, 3);
        // Three snapshots and the close record.
        assertEquals(4, sample.groups().size());
    }

    @Test
    void aLostGroupIsMissed() throws Exception {
        for (int lost = 0; lost < 4; lost++) {
            List<byte[]> parts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                if (i != lost) {
                    parts.add(sample.group(i));
                }
            }
            parts.add(sample.indexBytes());
            Reading reading = readDamaged(parts.toArray(byte[][]::new));
            List<String> left = new ArrayList<>(sample.records());
            left.subList(first(lost), first(lost + 1)).clear();
            assertEquals(left, reading.records(), "group " + lost + " lost");
        }
    }

    @Test
    void swappedGroupsAreNotGivenInTheWrongOrder() throws Exception {
        Reading reading = readDamaged(
                sample.group(0), sample.group(2), sample.group(1), sample.group(3), sample.indexBytes());
        List<String> left = new ArrayList<>(sample.records());
        left.subList(first(2), first(3)).clear();
        assertEquals(left, reading.records());
        assertTrue(reading.damages().size() >= 2, () -> reading.damages().toString());
    }

    @Test
    void aGroupTwiceIsGivenOnce() throws Exception {
        Reading reading = readDamaged(sample.group(0), sample.group(1), sample.group(1), sample.group(2),
                sample.group(3), sample.indexBytes());
        assertEquals(sample.records(), reading.records());
    }

    @Test
    void garbageBetweenGroupsCostsNothingElse() throws Exception {
        Random random = new Random(7);
        for (int bytes : new int[] {1, 7, 8, 63, 64, 65, 70_000, 200_000}) {
            byte[] garbage = new byte[bytes];
            random.nextBytes(garbage);
            Reading reading = readDamaged(sample.group(0), garbage, sample.group(1), sample.group(2),
                    sample.group(3), sample.indexBytes());
            assertEquals(sample.records(), reading.records());
            assertEquals(sample.group(0).length, reading.damages().getFirst().offset());
            assertEquals(bytes, reading.damages().getFirst().bytes());
        }
    }

    @Test
    void appendedBytesAreSeen() throws Exception {
        for (int bytes : new int[] {1, 7, 8, 64, 1000}) {
            assertEquals(sample.records(), readDamaged(sample.bytes(), new byte[bytes]).records());
        }
        assertEquals(sample.records(), readDamaged(sample.bytes(), sample.indexBytes()).records());
        assertEquals(sample.records(), readDamaged(sample.bytes(), sample.group(3)).records());
    }

    /** A group that stands too early is lost, but not those that belong in its place. */
    @Test
    void aStrayGroupCostsNothingElse() throws Exception {
        Reading reading = readDamaged(sample.group(0), sample.group(3), sample.group(1), sample.group(2),
                sample.group(3), sample.indexBytes());
        assertEquals(sample.records(), reading.records());
        assertTrue(reading.damages().getFirst().why().contains("found group 3 where group 1 was expected"),
                () -> reading.damages().toString());
    }

    @Test
    void aGapAfterADamagedGroupIsReportedToo() throws Exception {
        byte[] broken = sample.group(1);
        broken[broken.length - 1] ^= 1;
        Reading reading = readDamaged(sample.group(0), broken, sample.group(3), sample.indexBytes());
        assertTrue(reading.damages().stream().anyMatch(d -> d.kind() == Damage.Kind.LOST && d.group() == 2),
                () -> reading.damages().toString());
    }

    private Reading readDamaged(byte[]... parts) throws Exception {
        Reading reading = Reading.of(Files.write(folder.resolve("wrong.reel"), SampleFile.join(parts)));
        assertFalse(reading.whole());
        assertFalse(reading.ending() == CaptureReader.Ending.CLOSED && reading.damages().isEmpty());
        return reading;
    }

    /** Returns the number of the group's first record: header and host, ten per snapshot, the close record. */
    private static int first(int group) {
        return group == 0 ? 0 : group == 4 ? 33 : 2 + group * 10;
    }
}
