package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.Origin;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.zstd.ZstdFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that FORMAT.md agrees with the code: its numbers, its offsets, and the reader in Python beside it. */
class FormatDocTest {
    @TempDir
    Path folder = Path.of("");

    private final String doc = read();

    @Test
    void everyRecordTypeHasItsSection() {
        Set<String> sections = new TreeSet<>();
        matches("(?m)^### (\\d+) (\\w+)$", m -> sections.add(m.group(2) + " " + m.group(1)));
        Set<String> code = new TreeSet<>();
        SampleRecords.everyStoredType().forEach(r -> code.add(r.getClass().getSimpleName() + " " + r.type()));
        assertEquals(code, sections);
    }

    @Test
    void everyNumberIsThatOfTheCode() {
        Set<String> rows = new TreeSet<>();
        matches("(?m)^\\| (\\d+) \\| `(\\w+\\.\\w+)` \\|", m -> rows.add(m.group(2) + " " + m.group(1)));
        Set<String> code = new TreeSet<>(List.of(
                "GroupHeader.LAST " + GroupHeader.LAST,
                "GroupHeader.OWNERS " + GroupHeader.OWNERS,
                "GroupHeader.KEY " + GroupHeader.KEY,
                "GroupHeader.MIDDLE_KEY " + GroupHeader.MIDDLE_KEY,
                "GroupHeader.STEP " + GroupHeader.STEP,
                "DumpBegin.KNOWS_TIMES " + DumpBegin.KNOWS_TIMES,
                "DumpBegin.KNOWS_EDGES " + DumpBegin.KNOWS_EDGES,
                "DumpBegin.KNOWS_FLAGS " + DumpBegin.KNOWS_FLAGS,
                "DumpBegin.KNOWS_SENDER " + DumpBegin.KNOWS_SENDER,
                "Processes.CMDLINE_MASKED " + Processes.CMDLINE_MASKED,
                "Processes.CMDLINE_CUT " + Processes.CMDLINE_CUT,
                "Processes.CMDLINE_WITHHELD " + Processes.CMDLINE_WITHHELD,
                "Processes.CMDLINE_UNREADABLE " + Processes.CMDLINE_UNREADABLE,
                "Threads.BUDGET_SPENT " + Threads.BUDGET_SPENT,
                "Datagram.MASKED " + Datagram.MASKED));
        Arrays.stream(Origin.values()).forEach(o -> code.add("Origin." + o + " " + o.number()));
        Arrays.stream(DumpEnd.Outcome.values()).forEach(o -> code.add("Outcome." + o + " " + o.number()));
        Arrays.stream(RecorderNote.Kind.values()).forEach(k -> code.add("Kind." + k + " " + k.number()));
        Arrays.stream(ProcText.When.values()).forEach(w -> code.add("When." + w + " " + w.ordinal()));
        assertEquals(code, rows);
    }

    /** Fields begin where the previous ones end, in each table. */
    @Test
    void offsetsAddUp() {
        int[] next = {0};
        int[] rows = {0};
        matches("(?m)^\\| (\\d+|-) \\| (\\d+|-) \\| (u8|u16|u32|u64|i32|i64|time|text|bytes|rest) \\|", m -> {
            rows[0]++;
            if (m.group(1).equals("0")) {
                next[0] = 0;
            }
            if (!m.group(1).equals("-")) {
                assertEquals(next[0], Integer.parseInt(m.group(1)), m.group());
            }
            if (!m.group(2).equals("-")) {
                next[0] += Integer.parseInt(m.group(2));
            }
        });
        assertTrue(rows[0] > 80, "rows: " + rows[0]);
    }

    @Test
    void limitsAreThoseOfTheCode() {
        for (int limit : new int[] {GroupHeader.MAX_COMPRESSED, GroupHeader.MAX_UNCOMPRESSED, FileIndex.MAX_GROUPS,
            FileIndex.bytes(FileIndex.MAX_GROUPS), ProcText.MAX_PART_BYTES, Processes.MAX_CMDLINE_BYTES}) {
            assertTrue(doc.contains(String.format(java.util.Locale.ROOT, "%,d", limit)), "limit " + limit);
        }
        assertEquals(8 << 20, ZstdFrame.MAX_WINDOW_BYTES);
        assertTrue(doc.contains("a window of at most 8 MiB"));
    }

    @Test
    void theReaderInPythonListsEveryRecord() throws Exception {
        SampleFile sample = SampleFile.write(folder, 3);
        List<String> expected = listing(sample.records());
        expected.add("index");
        assertEquals(expected, python(sample.bytes()));
    }

    @Test
    void theReaderInPythonReportsDamage() throws Exception {
        SampleFile sample = SampleFile.write(folder, 2);
        List<String> lost = python(SampleFile.join(sample.group(0), new byte[10], sample.group(2)));
        assertTrue(lost.contains("damage: group 1 is missing"), lost::toString);
        assertTrue(lost.contains("damage: no group at " + sample.group(0).length), lost::toString);
        List<String> cut = python(Arrays.copyOf(sample.bytes(), sample.groups().get(1) + 80));
        assertEquals("cut in group 1", cut.getLast());
        assertEquals("cut in the index", python(Arrays.copyOf(sample.bytes(), sample.index() + 80)).getLast());
    }

    @Test
    void theReaderInPythonReadsJoinedFiles() throws Exception {
        SampleFile sample = SampleFile.write(folder, 2);
        SampleFile second = SampleFile.write(folder, 1, 1);
        List<String> expected = listing(sample.records());
        expected.add("index");
        List<String> both = new java.util.ArrayList<>(expected);
        both.addAll(listing(second.records()));
        both.add("index");
        assertEquals(both, python(SampleFile.join(sample.bytes(), second.bytes())));
        expected.add("index");
        assertEquals(expected, python(SampleFile.join(sample.bytes(), sample.bytes())));
        List<String> seam = python(SampleFile.join(sample.group(0), second.bytes()));
        assertTrue(seam.contains("damage: not closed before " + sample.group(0).length), seam::toString);
    }

    private static List<String> listing(List<String> records) {
        List<String> lines = new ArrayList<>();
        int group = 0;
        for (String shown : records) {
            int type = Integer.parseInt(shown.substring(0, shown.indexOf(':')));
            String name = SampleRecords.everyType().stream()
                    .filter(r -> r.type() == type)
                    .findFirst()
                    .map(r -> r.getClass().getSimpleName())
                    .orElseThrow();
            lines.add(group + " " + type + " " + name + " " + (shown.length() - shown.indexOf(':') - 1) / 2);
            group += type == SnapshotEnd.TYPE ? 1 : 0;
        }
        return lines;
    }

    private List<String> python(byte[] capture) throws Exception {
        assumeTrue(isInstalled("python3") && isInstalled("zstd"), "needs python3 and zstd");
        Path file = Files.write(folder.resolve("python.reel"), capture);
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder("python3", "-B", "reader/reader.py", file.toString())
                .redirectError(errors.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> out + readQuietly(errors));
        return out.lines().toList();
    }

    static boolean isInstalled(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void matches(String regex, java.util.function.Consumer<Matcher> each) {
        Matcher m = Pattern.compile(regex).matcher(doc);
        while (m.find()) {
            each.accept(m);
        }
    }

    /** Reads FORMAT.md; tests run in the module's folder. */
    private static String read() {
        return readQuietly(Path.of("FORMAT.md"));
    }

    private static String readQuietly(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
