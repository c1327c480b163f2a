package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formats of a command say the same. */
class FormatsTest {
    @TempDir
    private Path folder;

    private static List<CSVRecord> csv(String text) throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        return CSVParser.parse(text, format).getRecords();
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    static List<Path> damaged() {
        return List.of(Captures.WHOLE, Captures.TRUNCATED, Captures.CUT, Captures.FLIPPED);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void faultsAreTheSameInAllFormats(Path file) throws IOException {
        CommandRun text = CommandRun.of(file, "verify");
        CommandRun json = CommandRun.of(file, "verify", "--format", "json").exits(text.exit());
        Map<String, @Nullable Object> one = JsonTree.asObjects(JsonTree.parse(json.out())).getFirst();
        List<Map<String, @Nullable Object>> faults = JsonTree.asObjects(one.get("faults"));
        assertEquals(text.out().lines().count() - 1, faults.size(), text::toString);
        assertEquals(faults.isEmpty(), one.get("whole"));
        assertEquals(faults.isEmpty() ? 0 : 1, text.exit());
        CommandRun ndjson = CommandRun.of(file, "verify", "--format", "ndjson").exits(text.exit());
        List<Map<String, @Nullable Object>> lines = JsonTree.lines(ndjson.out());
        List<CSVRecord> rows = csv(CommandRun.of(file, "verify", "--format", "csv").exits(text.exit()).out());
        assertEquals(faults.size(), lines.size());
        assertEquals(faults.size(), rows.size());
        List<String> texts = text.out().lines().toList();
        for (int i = 0; i < faults.size(); i++) {
            assertEquals(file.toString(), lines.get(i).remove("file"));
            assertEquals(faults.get(i), lines.get(i));
            CSVRecord row = rows.get(i);
            faults.get(i).forEach((key, value) -> assertEquals(cell(value), row.get(key), key));
            assertTrue(texts.get(i).contains(": " + row.get("id") + ": ") && texts.get(i).endsWith(row.get("why")));
        }
    }

    @Test
    void lossesAreTheSameInAllFormats() throws IOException {
        CommandRun text = recover("text");
        Map<String, @Nullable Object> all = JsonTree.object(recover("json").out());
        List<Map<String, @Nullable Object>> losses = JsonTree.asObjects(all.get("losses"));
        assertFalse(losses.isEmpty());
        assertEquals(text.out().lines().filter(l -> !l.startsWith(" ")).count(), losses.size());
        assertEquals(losses, JsonTree.lines(recover("ndjson").out()));
        assertEquals(false, all.get("whole"));
        List<CSVRecord> rows = csv(recover("csv").out());
        assertEquals(losses.size(), rows.size());
        for (String column : List.of("loses", "from", "to", "touchesSnapshots", "firstSnapshot", "lastSnapshot")) {
            assertEquals(cell(losses.getFirst().get(column)), rows.getFirst().get(column), column);
        }
    }

    private CommandRun recover(String format) throws IOException {
        Path out = Files.createTempDirectory(folder, "out").resolve("out.reel");
        return CommandRun.of(Captures.CUT, "recover", "-o", out.toString(), "--format", format).exits(4);
    }

    @Test
    void anImportIsSummarizedForPrograms() throws IOException {
        Path source = Capture.unpack(Capture.MODS).resolve("snap");
        Path out = folder.resolve("out.reel");
        CommandRun json = CommandRun.of(source, "import", "-o", out.toString(), "--format", "json").exits(0);
        Map<String, @Nullable Object> all = JsonTree.object(json.out());
        assertEquals(source.toString(), all.get("source"));
        assertEquals("datagram-log", all.get("sourceFormat"));
        assertEquals(5L, all.get("snapshots"));
        assertEquals(out.toString(), all.get("file"));
        CommandRun info = CommandRun.of(out, "info", "--format", "json").exits(0);
        Map<String, @Nullable Object> written = JsonTree.asObjects(JsonTree.parse(info.out())).getFirst();
        assertEquals(all.get("snapshots"), written.get("snapshots"));
        Path again = folder.resolve("again.reel");
        CommandRun text = CommandRun.of(source, "import", "-o", again.toString()).exits(0);
        assertEquals("", text.out());
        assertTrue(text.err().contains("(datagram-log): 5 snapshots, " + all.get("dumps") + " dumps"), text::toString);
    }

    @Test
    void aFindingsLineNamesProcessSocketAndCause() throws IOException {
        CommandRun json = CommandRun.of(Captures.WHOLE, "findings", "--format", "json").exits(0);
        Map<String, @Nullable Object> all = JsonTree.object(json.out());
        List<Map<String, @Nullable Object>> findings = JsonTree.asObjects(all.get("findings"));
        List<CSVRecord> rows = csv(CommandRun.of(Captures.WHOLE, "findings", "--format", "csv").exits(0).out());
        assertEquals(findings.size(), rows.size());
        int named = 0;
        for (int i = 0; i < rows.size(); i++) {
            CSVRecord row = rows.get(i);
            Map<String, @Nullable Object> finding = findings.get(i);
            for (String key : List.of("id", "severity", "certainty", "cause", "since", "until", "snapshots", "trend")) {
                assertEquals(cell(finding.get(key)), row.get(key), key);
            }
            Map<String, @Nullable Object> socket = JsonTree.asObject(finding.get("socket"));
            for (String key : List.of("netid", "state", "inode", "cookie", "netns", "netnsName", "comm")) {
                assertEquals(cell(socket.get(key)), row.get(key), key);
            }
            Object owners = socket.get("owners");
            boolean isHeld = owners instanceof List<?> list && !list.isEmpty();
            assertEquals(isHeld ? cell(JsonTree.asObjects(owners).getFirst().get("pid")) : "", row.get("pid"));
            named += isHeld ? 1 : 0;
            assertEquals(what(all, row.get("cause")), row.get("what"));
        }
        assertTrue(named > 0);
    }

    private static Object what(Map<String, @Nullable Object> all, String cause) {
        return JsonTree.asObjects(all.get("causes")).stream()
                .filter(c -> cause.equals(c.get("id")))
                .map(c -> Objects.requireNonNull(c.get("what")))
                .findFirst()
                .orElse("");
    }

    @Test
    void factsAboutTheHostAreNumbersWhereTheyAre() throws IOException {
        CommandRun info = CommandRun.of(Captures.WHOLE, "info", "--format", "json").exits(0);
        Map<String, @Nullable Object> one = JsonTree.asObjects(JsonTree.parse(info.out())).getFirst();
        Map<String, @Nullable Object> host = JsonTree.asObject(one.get("host"));
        assertEquals("datagram-log", host.get("importFormat"));
        assertTrue(host.containsKey("kernelRelease") && host.get("intervalNs") == null, info::toString);
        assertEquals(Map.of(), host.get("others"));
    }
}
