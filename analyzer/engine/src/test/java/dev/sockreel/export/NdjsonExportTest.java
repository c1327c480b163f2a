package dev.sockreel.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.field.FieldsDoc;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.source.ImportedCapture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests sockets as JSON: all promised fields, each with a value or null with a reason. */
class NdjsonExportTest {
    private static final Set<String> MEANINGS = Set.of(
            "unread-bytes", "sequence-bytes", "pending-connections", "backlog-limit", "first-datagram-bytes",
            "memory-bytes", "not-measured", "none");
    private static final Set<String> REASONS = Set.of(
            "attribute-absent", "not-requested", "not-permitted", "handler-missing", "from-proc", "cut-off",
            "no-such-measure");
    private static final List<Map<String, @Nullable Object>> ROWS = rows();

    private static List<Map<String, @Nullable Object>> rows() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            long written = Exporters.of("ndjson").orElseThrow().to(out)
                    .write(ImportedCapture.rawWithOwners(Capture.MODS).snapshot(0)).sockets();
            List<Map<String, @Nullable Object>> rows = JsonTree.lines(out.toString(StandardCharsets.UTF_8));
            assertEquals(written, rows.size());
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, @Nullable Object> only(String field, Object value) {
        List<Map<String, @Nullable Object>> found =
                ROWS.stream().filter(r -> value.equals(r.get(field))).toList();
        assertEquals(1, found.size(), field + " " + value);
        return found.getFirst();
    }

    @Test
    void everyFieldStandsInEveryRow() {
        assertEquals(294, ROWS.size());
        Set<String> fields = new TreeSet<>(FieldsDoc.names());
        assertTrue(fields.remove("interface"), "stands only where the capture holds the names");
        assertTrue(fields.remove("ownersAsOf"), "stands only where there are owners");
        assertTrue(fields.remove("recorder"), "stands only in rows of the recorder");
        for (Map<String, @Nullable Object> row : ROWS) {
            TreeSet<String> has = new TreeSet<>(row.keySet());
            has.remove("ownersAsOf");
            assertEquals(fields, has);
        }
    }

    @Test
    void valuesHaveTheirTypes() {
        for (Map<String, @Nullable Object> row : ROWS) {
            String text = row.toString();
            assertTrue(String.valueOf(row.get("time")).matches("2026-11-22T10:48:2\\d\\.\\d{9}Z"), text);
            assertTrue(String.valueOf(row.get("cookie")).matches("[1-9]\\d*"), text);
            assertTrue(row.get("cookie") instanceof String, text);
            assertTrue(MEANINGS.contains(String.valueOf(row.get("recvQMeaning"))), text);
            assertTrue(MEANINGS.contains(String.valueOf(row.get("sendQMeaning"))), text);
            for (String number : List.of("recvQ", "sendQ", "unread", "inode", "uid", "peerInode", "fileInode")) {
                Object value = row.get(number);
                assertTrue(value == null || (value instanceof Long n && n >= 0), number + " in " + text);
            }
            assertEquals("sock_diag", row.get("source"));
            JsonTree.asObject(row.get("attributes"));
            JsonTree.asObjects(row.get("owners"))
                    .forEach(o -> assertEquals(
                            Set.of("pid", "comm", "fd", "state", "asOf", "started", "cpuMs", "cmdline", "user",
                                    "unit", "container", "cgroup"),
                            o.keySet()));
        }
    }

    /** Null has a reason, except where the field has no meaning for such a socket. */
    @Test
    void whatIsNullSaysWhy() {
        List<String> silent = new ArrayList<>();
        for (Map<String, @Nullable Object> row : ROWS) {
            Map<String, @Nullable Object> unknown = JsonTree.asObject(row.get("unknown"));
            unknown.values().forEach(v -> assertTrue(REASONS.contains(String.valueOf(v)), row.toString()));
            for (String field : List.of("recvQ", "sendQ", "uid", "inode")) {
                boolean none = "none".equals(row.get(field + "Meaning"));
                if (row.get(field) == null && !unknown.containsKey(field) && !none) {
                    silent.add(field + " of " + row.get("netid") + " " + row.get("local"));
                }
            }
            boolean listener = "LISTEN".equals(row.get("state"));
            if (row.get("unread") == null && !listener && !unknown.containsKey("unread")) {
                silent.add("unread of " + row.get("netid") + " " + row.get("local"));
            }
        }
        assertEquals(List.of(), silent);
    }

    @Test
    void memoryIsNoPayload() {
        Map<String, @Nullable Object> udp = ROWS.stream()
                .filter(r -> "udp".equals(r.get("netid")) && "127.0.0.1:21001".equals(r.get("local")))
                .findFirst().orElseThrow();
        assertEquals(3328L, udp.get("recvQ"));
        assertEquals("memory-bytes", udp.get("recvQMeaning"));
        assertNull(udp.get("unread"));
        assertEquals(true, udp.get("waiting"));
    }

    @Test
    void attributesHaveTheirUapiNames() {
        Map<String, @Nullable Object> nine = ROWS.stream()
                .filter(r -> "127.0.0.1:20001".equals(r.get("local")) && "127.0.0.1:41009".equals(r.get("peer")))
                .findFirst().orElseThrow();
        Map<String, @Nullable Object> attributes = JsonTree.asObject(nine.get("attributes"));
        assertEquals(9L, JsonTree.asObject(attributes.get("INET_DIAG_INFO")).get("tcpi_bytes_received"));
        assertEquals(0L, JsonTree.asObject(attributes.get("INET_DIAG_SKMEMINFO")).get("SK_MEMINFO_DROPS"));
        assertEquals("cubic", attributes.get("INET_DIAG_CONG"));
        assertEquals(List.of(10367L, 10368L, 10369L),
                JsonTree.asObject(only("local", "/tmp/holdout-128.sock").get("attributes")).get("UNIX_DIAG_ICONS"));
    }

    @Test
    void namesAreEscapedByteByByte() {
        assertEquals("LISTEN", only("local", "@holdout new\\x0aline").get("state"));
        assertEquals("LISTEN", only("local", "@holdout\\x00inner\\xff\\x01nul").get("state"));
    }

    @Test
    void aSnapshotThatShowsNothingWritesNothing() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImportedCapture nothing = ImportedCapture.rawWithOwners(Capture.NOMODS);
        assertEquals(0, Exporters.of("ndjson").orElseThrow().to(out).write(nothing.snapshot(0)).sockets());
        assertEquals(0, out.size());
    }
}
