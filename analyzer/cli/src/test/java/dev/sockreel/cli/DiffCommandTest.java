package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.Golden;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code diff}: the choice of snapshots, the formats, and refusals. */
class DiffCommandTest {
    @TempDir
    private Path folder;

    private static CommandRun diff(String... args) {
        return CommandRun.of(Captures.WHOLE, "diff", args);
    }

    @Test
    void textIsAsItWasLookedAt() {
        assertEquals(Golden.text("diff-unix.txt"), diff("--from", "0", "--to", "2", "-x").exits(0).out());
        CommandRun all = diff().exits(0);
        assertTrue(all.err().isEmpty(), all.toString());
        assertTrue(all.out().endsWith("\n4 appeared, 2 gone, 0 not observed, 9 changed, 109 unchanged\n"),
                all.toString());
    }

    /** The defaults (first and last complete snapshot), numbers and times all name the same two. */
    @Test
    void snapshotsByNumberAndTime() {
        String whole = diff().exits(0).out();
        assertEquals(whole, diff("--from", "0", "--to", "4").exits(0).out());
        assertEquals(whole, diff("--from", "+0s", "--to", "2026-11-22T10:48:47.9Z").exits(0).out());
        CommandRun middle = diff("--from", "+2s", "--to", "-1s").exits(0);
        assertTrue(middle.out().startsWith("from snapshot 1,"), middle.toString());
        assertTrue(middle.out().lines().skip(1).findFirst().orElse("").startsWith("to   snapshot 3,"),
                middle.toString());
    }

    @Test
    void everyFormatSaysTheSame() {
        Map<String, @Nullable Object> json = JsonTree.object(diff("--format", "json").exits(0).out());
        assertEquals(List.of("from", "to", "appeared", "gone", "notObserved", "changed", "summary"),
                List.copyOf(json.keySet()));
        Map<String, @Nullable Object> from = JsonTree.asObject(json.get("from"));
        assertEquals(0L, from.get("snapshot"));
        assertEquals("2026-11-22T10:48:41.741369560Z", from.get("time"));
        List<Map<String, @Nullable Object>> lines = JsonTree.lines(diff("--format", "ndjson").exits(0).out());
        int at = 0;
        for (String kind : List.of("appeared", "gone", "notObserved", "changed")) {
            for (Map<String, @Nullable Object> entry : JsonTree.asObjects(json.get(kind))) {
                Map<String, @Nullable Object> line = lines.get(at++);
                assertEquals(kind, line.remove("change"));
                assertEquals(entry, line);
            }
        }
        assertEquals(lines.size(), at);
        CommandRun csv = diff("--format", "csv").exits(0);
        long fields = JsonTree.asObjects(json.get("changed")).stream()
                .mapToLong(c -> JsonTree.asObjects(c.get("changes")).size())
                .sum();
        assertEquals(1 + 4 + 2 + fields, csv.out().lines().count());
        assertTrue(csv.out().contains(",unread,11000,51000,"), csv.toString());
    }

    @Test
    void noDifferenceIsStillJson() {
        Map<String, @Nullable Object> json = JsonTree.object(
                diff("--format", "json", "-6", "-t", "--from", "0", "--to", "1").exits(0).out());
        for (String kind : List.of("appeared", "gone", "notObserved", "changed")) {
            assertEquals(List.of(), json.get(kind));
        }
        assertEquals("", diff("--format", "ndjson", "-6", "-t", "--from", "0", "--to", "1").exits(0).out());
    }

    /** Single imported snapshots do not name their boot, but the user may vouch for it. */
    @Test
    void importsOfOneBootAreComparedWhenTheUserSaysSo() throws IOException {
        Path snap = Capture.unpack(Capture.MODS).resolve("snap");
        Path first = Captures.imported(snap.resolve("1"), "alone-1.reel", 0);
        Path last = Captures.imported(snap.resolve("5"), "alone-5.reel", 0);
        CommandRun refused = CommandRun.of(first, "diff", last.toString()).exits(3).saysOnly(1);
        assertTrue(refused.err().contains("--same-boot"), refused.toString());
        CommandRun joined = CommandRun.of(first, "diff", last.toString(), "--same-boot", "--format", "ndjson").exits(0);
        assertEquals(withoutSnapshot(diff("--format", "ndjson").exits(0)), withoutSnapshot(joined));
        CommandRun swapped = CommandRun.of(last, "diff", first.toString(), "--same-boot").exits(2);
        assertTrue(swapped.err().contains("swap the files"), swapped.toString());
    }

    private static Set<Map<String, @Nullable Object>> withoutSnapshot(CommandRun run) {
        List<Map<String, @Nullable Object>> lines = JsonTree.lines(run.out());
        lines.forEach(l -> JsonTree.asObject(l.get("socket")).remove("snapshot"));
        return new HashSet<>(lines);
    }

    @Test
    void twoFilesOfOneBootAreOneTimeline() throws IOException {
        Path live = LiveCapture.reel(folder);
        Path copy = Files.copy(live, folder.resolve("copy.reel"));
        CommandRun two = CommandRun.of(live, "diff", "--from", "0", copy.toString(), "--to", "4", "--format", "ndjson");
        CommandRun one = CommandRun.of(live, "diff", "--from", "0", "--to", "4", "--format", "ndjson");
        assertEquals(one.exits(0).out(), two.exits(0).out());
        assertTrue(one.out().lines().count() > 10, one.toString());
    }

    @Test
    void filesOfDifferentBootsAreNotCompared() throws IOException {
        Path live = LiveCapture.reel(folder);
        Path other = Rewritten.ofBoot(live, "11111111-2222-3333-4444-555555555555", folder.resolve("other.reel"));
        for (String[] args : new String[][] {{}, {"--same-boot"}, {"--format", "json"}}) {
            String[] all = new String[args.length + 1];
            all[0] = other.toString();
            System.arraycopy(args, 0, all, 1, args.length);
            CommandRun run = CommandRun.of(live, "diff", all).exits(3).saysOnly(1);
            assertTrue(run.err().contains("different boots or hosts"), run.toString());
        }
    }

    /** Only the compared snapshots count, and sockets missing from a truncated dump are not called gone. */
    @Test
    void aTruncatedDumpIs4AndNothingIsGoneInIt() {
        CommandRun run = CommandRun.of(Captures.TRUNCATED, "diff", "--from", "0", "--to", "1", "-x", "--format", "json")
                .exits(4);
        assertTrue(run.err().contains("unix is truncated"), run.toString());
        Map<String, @Nullable Object> json = JsonTree.object(run.out());
        assertEquals(List.of(), json.get("gone"));
        List<Map<String, @Nullable Object>> unseen = JsonTree.asObjects(json.get("notObserved"));
        assertTrue(unseen.size() > 20, unseen.size() + " not observed");
        for (Map<String, @Nullable Object> u : unseen) {
            assertEquals("to", u.get("in"));
            assertEquals("truncated", u.get("verdict"));
            assertTrue(requireNonNull(u.get("why")).toString().startsWith("the unix dump is truncated"), u.toString());
        }
    }
}
