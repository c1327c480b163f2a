package dev.sockreel.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.Uapi;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks output: only data on standard output, safe for terminals and spreadsheets, no false zeros. */
class PrintedTextTest {
    private static final byte[] ESCAPES =
            "\0\u001b[31mred\u001b[0m\r\n\u009b2J\u202egnp".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FORMULA = "=cmd|' /C calc'!A0".getBytes(StandardCharsets.UTF_8);
    private static final byte[] QUOTED = "/tmp/a,\"b\"".getBytes(StandardCharsets.UTF_8);
    private static final String COMM = "=\u001b]0;x\u0007";

    @TempDir
    private Path folder;

    private static List<Map<String, @Nullable Object>> ndjson(CommandRun run) {
        return JsonTree.lines(run.exits(0).out());
    }

    @Test
    void everyFormatHasTheSameRows() {
        List<Map<String, @Nullable Object>> lines = ndjson(CommandRun.of(Captures.WHOLE, "show", "--format", "ndjson"));
        CommandRun json = CommandRun.of(Captures.WHOLE, "show", "--format", "json").exits(0);
        assertEquals(lines, JsonTree.asObjects(JsonTree.parse(json.out())));
        CommandRun csv = CommandRun.of(Captures.WHOLE, "show", "--format", "csv").exits(0);
        assertEquals(lines.size() + 1, csv.out().lines().count());
        CommandRun text = CommandRun.of(Captures.WHOLE, "show").exits(0);
        long rows = text.out().lines().takeWhile(l -> !l.isEmpty()).count();
        assertEquals(lines.size() + 1, rows);
        for (CommandRun run : List.of(json, csv, text)) {
            assertEquals("snapshot 4, 2026-11-22T10:48:47.370579310Z\n", run.err());
        }
    }

    @Test
    void anAnswerWithoutRowsIsStillJson() {
        CommandRun json = CommandRun.of(Captures.WHOLE, "show", "--format", "json", "state", "closing").exits(0);
        assertEquals(List.of(), JsonTree.parse(json.out()));
        assertEquals("",
                CommandRun.of(Captures.WHOLE, "show", "--format", "ndjson", "state", "closing").exits(0).out());
        CommandRun unavailable = CommandRun.of(Captures.UNAVAILABLE, "show", "--format", "json").exits(0);
        assertEquals(List.of(), JsonTree.parse(unavailable.out()));
    }

    @Test
    void findingsAndInfoAreJson() {
        Map<String, @Nullable Object> findings =
                JsonTree.object(CommandRun.of(Captures.WHOLE, "findings", "--format", "json").exits(0).out());
        assertEquals(Set.of("causes", "findings", "dumps", "coverage", "unseen"), findings.keySet());
        assertEquals(71, JsonTree.asObjects(findings.get("findings")).size());
        assertEquals(15, JsonTree.asObjects(findings.get("dumps")).size());
        for (Map<String, @Nullable Object> f : JsonTree.asObjects(findings.get("findings"))) {
            for (String field : List.of("id", "severity", "certainty", "socket", "since", "until", "snapshots",
                    "evidence",
                    "why", "next")) {
                assertTrue(f.get(field) != null, field + " of " + f);
            }
        }
        assertEquals(71, ndjson(CommandRun.of(Captures.WHOLE, "findings", "--format", "ndjson")).size());
        List<Map<String, @Nullable Object>> info = JsonTree.asObjects(
                JsonTree.parse(CommandRun.of(Captures.UNAVAILABLE, "info", "--format", "json").exits(0).out()));
        JsonTree.asObject(info.getFirst().get("families")).values()
                .forEach(f -> assertTrue(JsonTree.asObject(f).get("sockets") == null, info.toString()));
    }

    @Test
    void namesCannotSteerATerminal() throws IOException {
        Path reel = Captures.named("escapes.reel", Captures.ALL_BUT_ICONS, COMM, ESCAPES, FORMULA, QUOTED);
        for (String format : List.of("text", "json", "ndjson", "csv")) {
            CommandRun run = CommandRun.of(reel, "show", "--format", format).exits(0).isPrintable();
            assertFalse(run.out().contains("\u009b") || run.out().contains("\u202e"), run.toString());
            String escaped = "@\\x1b[31mred\\x1b[0m\\x0d\\x0a\\xc2\\x9b2J\\xe2\\x80\\xaegnp";
            assertTrue(run.out().contains(format.endsWith("json") ? escaped.replace("\\", "\\\\") : escaped),
                    run.toString());
        }
        CommandRun.of(reel, "findings", "--min-snapshots", "1", "--min-time", "0s").exits(0).isPrintable();
        assertTrue(CommandRun.of(reel, "ss", "-xapeO").exits(0).isPrintable().out().contains("@\\x1b[31mred"));
    }

    /** Names of families and devices, and failed operations, come from the file. */
    @Test
    void textsOfTheFileCannotControlATerminal() throws IOException {
        String odd = "tc\u001b[2Jp\n4";
        ReceiveTime now = new ReceiveTime(1_800_000_000_000_000_000L, 1);
        byte[] request = DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL).toBytes();
        byte[] socket = InetDiagMsgBuilder.in(LITTLE_ENDIAN).ifindex(2).cookie(7).header(h -> h.seq(1)).toBytes();
        Path reel = folder.resolve("odd.reel");
        try (CaptureWriter out = CaptureWriter.create(
                reel, new CaptureHeader(new UUID(1, 2), 0, now, LITTLE_ENDIAN, odd))) {
            out.write(new SnapshotBegin(0, now));
            out.write(new NetworkNamespace(0, 1, 1, odd, List.of(new NetworkNamespace.Interface(2, odd))));
            out.write(new DumpBegin(
                    0, 0, 0, odd, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 32768, now, request));
            out.write(new Datagram(0, 0, 0, 0, socket.length, 0, now, Unpooled.wrappedBuffer(socket)));
            out.write(new DumpEnd(0, DumpEnd.Outcome.CALL_FAILED, 5, 1, odd, now));
            out.write(new RecorderNote(0, 0, RecorderNote.Kind.MISSED_TICKS, 1, now, odd));
            out.write(new SnapshotEnd(0, 1, now));
            out.finish();
        }
        for (String command : List.of("info", "show", "findings")) {
            for (String format : List.of("text", "json", "ndjson", "csv")) {
                CommandRun.of(reel, command, "--format", format).exits(4).isPrintable();
            }
        }
        CommandRun.of(reel, "verify").exits(1).isPrintable();
        assertTrue(CommandRun.of(reel, "show").out().contains("%tc\\x1b[2Jp\\x0a4"), "the device's name");
    }

    @Test
    void fileNamesCannotSteerATerminal() throws IOException {
        Path odd = Files.copy(Captures.TRUNCATED, folder.resolve("a\u001b[2J\nb.reel"));
        for (String[] args : new String[][] {{"info"}, {"show"}, {"verify"}, {"findings"},
            {"info", "--format", "csv"}}) {
            CommandRun run = CommandRun.of(odd, args[0], Arrays.copyOfRange(args, 1, args.length)).isPrintable();
            assertTrue(run.exit() == 4 || run.exit() == 1 || run.exit() == 0, run.toString());
        }
        CommandRun.of(folder.resolve("none\u001b[2J"), "info").exits(3).isPrintable().saysOnly(1);
        CommandRun.of(Captures.WHOLE, "export", "--to", "ndjson", "-o", folder.resolve("out\u001b[2J").toString())
                .exits(0).isPrintable();
        CommandRun.of(Captures.WHOLE, "show", "state", "\u001b[2J").exits(2).isPrintable();
        CommandRun.of(Captures.WHOLE, "show", "--\u001b[2J").exits(2).isPrintable();
        CommandRun.of(Captures.WHOLE, "export", "--to", "\u001b[2J", "-o", "x").exits(2).isPrintable();
    }

    /** No cell with foreign text begins like a formula; quotes and commas stay inside their cell. */
    @Test
    void spreadsheetsRunNothing() throws IOException {
        Path reel = Captures.named("formulas.reel", Captures.ALL_BUT_ICONS, COMM, FORMULA, QUOTED, ESCAPES);
        CommandRun csv = CommandRun.of(reel, "show", "--format", "csv").exits(0);
        assertTrue(csv.out().contains(",'=cmd|' /C calc'!A0,"), csv.toString());
        assertTrue(csv.out().contains(",\"/tmp/a,\"\"b\"\"\","), csv.toString());
        assertTrue(csv.out().contains(",'@\\x1b"), csv.toString());
        assertTrue(csv.out().contains(",'=\\x1b]0;x\\x07/7/4,"), csv.toString());
        CommandRun findings =
                CommandRun.of(reel, "findings", "--format", "csv", "--min-snapshots", "1", "--min-time", "0s")
                        .exits(0).isPrintable();
        assertTrue(findings.out().contains(",'=cmd|"), findings.toString());
        for (CommandRun run : List.of(csv, findings)) {
            assertFalse(run.out().lines().anyMatch(l -> l.matches("(?s)(.*,)?\"?[=+@\\t-].*")), run.toString());
        }
    }

    /** Queues that were not requested are a question mark with a reason, and no number in any format. */
    @Test
    void anUnknownIsNoZero() throws IOException {
        Path reel = Captures.named("unknown.reel", 0x1, "name", QUOTED, FORMULA);
        CommandRun text = CommandRun.of(reel, "show").exits(0);
        for (String line : text.out().lines().filter(l -> l.startsWith("u_str")).toList()) {
            assertEquals(List.of("?", "?", "?"), List.of(line.split("\\s+")).subList(2, 5), line);
        }
        assertTrue(text.out().contains("?: recvQ of u_str sockets: not-requested (2)"), text.toString());
        assertTrue(text.out().contains("?: sendQ of u_str sockets: not-requested (2)"), text.toString());
        for (Map<String, @Nullable Object> row : ndjson(CommandRun.of(reel, "show", "--format", "ndjson"))) {
            for (String field : List.of("recvQ", "sendQ", "unread", "waiting", "uid")) {
                assertTrue(row.containsKey(field) && row.get(field) == null, field + " of " + row);
            }
        }
        CommandRun csv = CommandRun.of(reel, "show", "--format", "csv").exits(0);
        assertTrue(csv.out().contains(",,unread-bytes,,"), csv.toString());
    }

    @Test
    void aFamilyThatCouldNotBeSeenHasNoCount() {
        for (Path reel : List.of(Captures.UNAVAILABLE, Captures.PARTIAL)) {
            CommandRun info = CommandRun.of(reel, "info").exits(0);
            Map<String, String> counts = info.out().lines()
                    .filter(l -> l.matches("(tcp4|tcp6|udp4|unix|vsock) .*"))
                    .map(l -> l.split("\\s+"))
                    .collect(Collectors.toMap(c -> c[0], c -> c[1]));
            boolean partial = reel.equals(Captures.PARTIAL);
            assertEquals(partial ? "7" : "?", counts.get("tcp6"), info.toString());
            for (String family : List.of("udp4", "unix", "vsock")) {
                assertEquals("?", counts.get(family), info.toString());
            }
            CommandRun show = CommandRun.of(reel, "show", "-u", "-x").exits(0);
            assertFalse(show.out().contains("0"), show.toString());
            CommandRun csv = CommandRun.of(reel, "info", "--format", "csv").exits(0);
            assertTrue(csv.out().lines().anyMatch(l -> l.contains(",unix,,")), csv.toString());
        }
    }

    /** A reader that closes the pipe early causes no message. */
    @Test
    @Tag("process")
    void aClosedPipeEndsQuietly() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
        for (String format : List.of("text", "json", "ndjson", "csv")) {
            String show = CommandRun.javaAnd("show", Captures.WHOLE.toString(), "--all", "--format", format).stream()
                    .map(w -> "'" + w + "'")
                    .collect(Collectors.joining(" "));
            // The reader exits before anything is written.
            CommandRun run = CommandRun.started(Path.of(""), List.of("/bin/bash", "-c",
                    "{ sleep 0.3; " + show + "; echo \"exit $?\" >&2; } | true"));
            assertEquals("exit 0\n", run.err(), run.toString());
            CommandRun head = CommandRun.started(Path.of(""), List.of("/bin/bash", "-c",
                    "{ " + show + "; echo \"exit $?\" >&2; } | head -1"));
            assertEquals("exit 0\n", head.err(), head.toString());
            assertEquals(1, head.out().lines().count());
        }
    }

    @Test
    @Tag("process")
    void aFullDiskIs3() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full) && Files.isExecutable(Path.of("/bin/bash")), "there is no /dev/full here");
        String show = CommandRun.javaAnd("show", Captures.WHOLE.toString(), "--format", "csv").stream()
                .map(w -> "'" + w + "'")
                .collect(Collectors.joining(" "));
        CommandRun run = CommandRun.started(Path.of(""), List.of("/bin/bash", "-c", show + " > /dev/full")).exits(3);
        assertTrue(run.err().contains("sockreel: standard output: "), run.toString());
        CommandRun.of(Captures.WHOLE, "export", "--to", "ndjson", "-o", full.toString()).exits(3);
    }
}
