package dev.sockreel.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.render.CsvLines;
import dev.sockreel.source.ImportedCapture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the table of sockets: one cell for each field of the JSON, and nothing that a spreadsheet would run. */
class CsvExportTest {
    private static final ImportedCapture RAW = ImportedCapture.rawWithOwners(Capture.MODS);

    private static String exported(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long written = Exporters.of(format).orElseThrow().to(out).write(RAW.snapshot(0)).sockets();
        assertEquals(RAW.rows(0).size(), written);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aColumnForEachFieldAndTheSameValues() throws IOException {
        List<CSVRecord> lines = CSVParser.parse(exported("csv"),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get()).getRecords();
        List<Map<String, @Nullable Object>> rows = JsonTree.lines(exported("ndjson"));
        assertEquals(rows.size(), lines.size());
        Set<String> fields = new TreeSet<>();
        rows.forEach(r -> fields.addAll(r.keySet()));
        fields.addAll(List.of("interface", "recorder")); // absent from the JSON where unknown, or not its own
        assertEquals(fields, new TreeSet<>(lines.getFirst().toMap().keySet()));
        for (int i = 0; i < rows.size(); i++) {
            CSVRecord line = lines.get(i);
            for (String field : List.of("netid", "state", "local", "inode", "cookie", "recvQ", "sendQ", "unread",
                    "waiting",
                    "peerInode", "source")) {
                Object value = rows.get(i).get(field);
                String text = value == null ? "" : value.toString();
                assertEquals(text.startsWith("@") ? "'" + text : text, line.get(field), field + " of " + line);
            }
            assertEquals(rows.get(i).get("attributes"), JsonTree.lines(line.get("attributes")).getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(1)", "\tx", "\r=1"})
    void whatASpreadsheetWouldRunIsText(String name) throws IOException {
        StringWriter out = new StringWriter();
        CsvLines csv = new CsvLines(out, out, List.of("name", "number", "none", "text", "quoted"));
        csv.line(name, -5L, null, "plain", "a,\"b\"");
        csv.flush();
        CSVRecord line = CSVParser.parse(out.toString(), CSVFormat.RFC4180).getRecords().getLast();
        assertEquals(List.of("'" + name, "-5", "", "plain", "a,\"b\""), line.toList());
        assertTrue(out.toString().endsWith("\r\n"));
    }
}
