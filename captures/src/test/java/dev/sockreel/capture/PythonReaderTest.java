package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.chain.KeyPolicy;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.fixtures.LiveCapture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader in Python, which was written from FORMAT.md, reads predicted snapshots as this one does. */
class PythonReaderTest {
    private static final long SEED = Long.getLong("sockreel.seed", System.nanoTime());

    @TempDir
    Path folder = Path.of("");

    PythonReaderTest() {
        System.out.println("PythonReaderTest seed " + SEED);
    }

    @BeforeEach
    void require() throws Exception {
        assumeTrue(FormatDocTest.isInstalled("python3") && FormatDocTest.isInstalled("zstd"), "needs python3 and zstd");
    }

    @Test
    void aRealCaptureOfWhichMostIsPredicted() throws Exception {
        List<CaptureRecord> records = MadeCapture.read(LiveCapture.reel(folder));
        records.removeIf(r -> r instanceof CaptureHeader);
        records.removeLast();
        requireSame(MadeCapture.write(folder, records, new KeyPolicy(100, 3), 1 << 28));
    }

    @Test
    void ordinarySnapshots() throws Exception {
        requireSame(MadeCapture.write(folder, MadeCapture.records(SEED, 70, 20, false)));
    }

    @Test
    void snapshotsInWhichAnythingHappens() throws Exception {
        for (int round = 0; round < 8; round++) {
            List<CaptureRecord> records = MadeCapture.records(SEED + round, 30, 3 + round * 3, true);
            try {
                requireSame(MadeCapture.write(folder, records, new KeyPolicy(13, 4), 1 << 28));
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed " + (SEED + round), e);
            }
        }
    }

    @Test
    void aMissingGroupCostsWhatIsPredictedFromIt() throws Exception {
        Path path = MadeCapture.write(folder, MadeCapture.records(SEED, 20, 5, false), new KeyPolicy(12, 4), 1 << 28);
        byte[] bytes = Files.readAllBytes(path);
        List<GroupEntry> groups;
        try (CaptureReader in = CaptureReader.open(path)) {
            groups = in.groups();
        }
        Files.write(path, SampleFile.join(Arrays.copyOf(bytes, (int) groups.get(5).offset()),
                Arrays.copyOfRange(bytes, (int) groups.get(6).offset(), bytes.length)));
        List<String> lines = python(path);
        assertEquals(List.of("damage: group 5 is missing", "damage: snapshot 6 cannot be read",
                "damage: snapshot 7 cannot be read"), lines.stream().filter(l -> l.startsWith("damage")).toList());
        assertTrue(lines.containsAll(java(path)));
    }

    private void requireSame(Path path) throws Exception {
        List<String> expected = java(path);
        List<String> lines = new ArrayList<>(python(path));
        assertEquals("index", lines.removeLast());
        for (int i = 0; i < Math.min(expected.size(), lines.size()); i++) {
            assertEquals(expected.get(i), lines.get(i), "line " + i);
        }
        assertEquals(expected.size(), lines.size());
    }

    private static List<String> java(Path path) throws IOException {
        Map<Integer, String> names = new TreeMap<>();
        SampleRecords.everyType().forEach(r -> names.put(r.type(), r.getClass().getSimpleName()));
        List<String> lines = new ArrayList<>();
        try (CaptureReader in = CaptureReader.open(path)) {
            for (CaptureRecord record = in.next(); record != null; record = in.next()) {
                ByteBuf body = Unpooled.buffer();
                record.encode(body);
                CRC32 crc = new CRC32();
                crc.update(ByteBufUtil.getBytes(body));
                lines.add(String.format(Locale.ROOT, "%d %d %s %d %08x", in.place().group(), record.type(),
                        names.get(record.type()), body.readableBytes(), crc.getValue()));
            }
        }
        return lines;
    }

    private List<String> python(Path file) throws Exception {
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder("python3", "-B", "reader/reader.py", file.toString(), "--crc")
                .redirectError(errors.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> {
            try {
                return Files.readString(errors);
            } catch (IOException e) {
                return e.toString();
            }
        });
        return out.lines().toList();
    }
}
