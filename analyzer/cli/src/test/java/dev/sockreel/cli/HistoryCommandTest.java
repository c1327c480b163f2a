package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.Golden;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code history}: one socket over all snapshots, in every format; specs that match none or several. */
class HistoryCommandTest {
    private static final int COLUMNS = 80;

    @TempDir
    private Path folder;

    private static CommandRun history(String... args) {
        return CommandRun.of(Captures.WHOLE, "history", args);
    }

    @Test
    void textIsAsItWasLookedAt() {
        assertEquals(Golden.text("history-grow.txt"), history("127.0.0.1:22001", "127.0.0.1:46002").exits(0).out());
        assertEquals(Golden.text("history-new.txt"), history("305").exits(0).out());
    }

    @Test
    void textFitsATerminal() {
        for (String socket : List.of("40", "44", "46", "126", "130", "93", "104", "ino:10363")) {
            CommandRun run = history(socket).exits(0);
            run.out().lines().forEach(l -> assertTrue(l.length() <= COLUMNS, l.length() + " columns: " + l));
        }
    }

    /** Each snapshot is one object: the row as in show, or the reason for its absence. */
    @Test
    void jsonIsShowsRowOfEachSnapshot() {
        List<Map<String, @Nullable Object>> lines = JsonTree.lines(history("305", "--format", "ndjson").exits(0).out());
        assertEquals(lines, JsonTree.asObjects(JsonTree.parse(history("305", "--format", "json").exits(0).out())));
        assertEquals(5, lines.size());
        assertEquals(Map.of("observation", "not-yet", "snapshot", 0L, "time", "2026-11-22T10:48:41.741369560Z"),
                lines.getFirst());
        List<Map<String, @Nullable Object>> shown = new ArrayList<>();
        for (Map<String, @Nullable Object> row : JsonTree.lines(
                CommandRun.of(Captures.WHOLE, "show", "--all", "-x", "--format", "ndjson").exits(0).out())) {
            if ("305".equals(row.get("cookie"))) {
                shown.add(row);
            }
        }
        for (int i = 1; i < 5; i++) {
            Map<String, @Nullable Object> point = lines.get(i);
            assertEquals("seen", point.remove("observation"));
            assertEquals(i == 1 ? Map.of() : Map.of("SK_MEMINFO_DROPS", 0.0), point.remove("perSecond"));
            assertEquals(shown.get(i - 1), point);
        }
    }

    /** A rate is the growth of a counter divided by the time between the datagrams. */
    @Test
    void ratesAreTheCountersGrowth() {
        List<Map<String, @Nullable Object>> lines = JsonTree.lines(history("44", "--format", "ndjson").exits(0).out());
        // 10,000 bytes in 1.238 s, then in 1.526 s: 10:48:41.741748170, 10:48:42.979389730, 10:48:44.505510790
        assertEquals(8080.0, rate(lines.get(1)), 1);
        assertEquals(6552.0, rate(lines.get(2)), 1);
    }

    private static double rate(Map<String, @Nullable Object> point) {
        return (double) java.util.Objects
                .requireNonNull(JsonTree.asObject(point.get("perSecond")).get("tcpi_bytes_received"));
    }

    @Test
    void csvHasALineForEachSnapshot() {
        CommandRun csv = history("305", "--format", "csv").exits(0);
        List<String> lines = csv.out().lines().toList();
        assertEquals(6, lines.size());
        long columns = lines.getFirst().chars().filter(c -> c == ',').count();
        assertTrue(lines.stream().allMatch(l -> l.chars().filter(c -> c == ',').count() == columns), csv.toString());
        assertTrue(lines.get(1).contains(",not-yet,,,,"), csv.toString());
    }

    /** mv.tuple was closed and opened again with the same addresses. */
    @Test
    void severalAreListedAndNoneIsChosen() {
        CommandRun run = history("127.0.0.1:22001 127.0.0.1:46005").exits(2);
        assertTrue(run.out().isEmpty(), run.toString());
        List<String> lines = run.err().lines().toList();
        assertEquals("\"127.0.0.1:22001 127.0.0.1:46005\" matches 2 sockets; use the cookie of one:", lines.getFirst());
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).startsWith("  126  ") && lines.get(1).endsWith("(snapshots 0 to 1)"), run.toString());
        assertTrue(lines.get(2).startsWith("  307  ") && lines.get(2).endsWith("(snapshots 2 to 4)"), run.toString());
        assertEquals(12, history("state", "established").exits(2).err().lines().count());
    }

    @Test
    void noneIs3AndOneSentence() {
        history("ino:99999").exits(3).saysOnly(1);
        history("/no/such/socket").exits(3).saysOnly(1);
    }

    /** Parts of one boot, in any order, are one timeline. */
    @Test
    void partsAreOneTimeline() {
        Path snap = Capture.unpack(Capture.MODS).resolve("snap");
        List<Path> parts = new ArrayList<>();
        for (int i : new int[] {3, 1, 2}) {
            parts.add(Captures.imported(snap.resolve(Integer.toString(i)), "part-" + i + ".reel", 0));
        }
        String[] args = {parts.get(1).toString(), parts.get(2).toString(), "126"};
        CommandRun refused = CommandRun.of(parts.getFirst(), "history", args).exits(3).saysOnly(1);
        assertTrue(refused.err().contains("--same-boot"), refused.toString());
        CommandRun run =
                CommandRun.of(parts.getFirst(), "history", "--same-boot", args[0], args[1], args[2]).exits(0);
        assertTrue(run.out().contains("listed in 2 of 3 snapshots"), run.toString());
        assertTrue(run.out().contains("0:0-1:0 ") && run.out().contains("2:0 ") && run.out().contains(" gone"),
                run.toString());
        assertTrue(run.out().startsWith("capture 0  " + parts.get(1)), run.toString());
    }

    @Test
    void filesOfDifferentBootsAreNotJoined() throws IOException {
        Path live = LiveCapture.reel(folder);
        Path other = Rewritten.ofBoot(live, "11111111-2222-3333-4444-555555555555", folder.resolve("other.reel"));
        CommandRun run = CommandRun.of(live, "history", other.toString(), "state", "listening").exits(3).saysOnly(1);
        assertTrue(run.err().contains("different boots or hosts"), run.toString());
    }

    /** A snapshot that cannot show it says why, and the exit code reports the incomplete dump. */
    @Test
    void aSnapshotThatCannotShowItSaysWhy() {
        CommandRun run = CommandRun.of(Captures.TRUNCATED, "history", "80").exits(4);
        assertTrue(run.out().contains("not observed") && run.out().contains("\nowner not recorded\n"), run.toString());
        assertTrue(run.out().contains("? 1: the unix dump is truncated"), run.toString());
        assertTrue(run.err().contains("unix is truncated"), run.toString());
    }

    /** Without diag modules, rows are matched by inode and addresses, which is reported as likely at most. */
    @Test
    void rowsOfProcHaveALikelyHistory() {
        Path reel = Captures.imported(Capture.unpack(Capture.NOMODS).resolve("snap"), "proc-history.reel", 0);
        CommandRun run = CommandRun.of(reel, "history", "127.0.0.1:22001", "127.0.0.1:46002").exits(0);
        assertTrue(run.out().contains("likely, not certain"), run.toString());
        assertTrue(run.out().contains("11000 to 51000 bytes"), run.toString());
    }
}
