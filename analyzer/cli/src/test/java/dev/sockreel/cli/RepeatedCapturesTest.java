package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.GroupEntry;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.ReelFile.Group;
import dev.sockreel.fixtures.ReelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a snapshot counts once when its capture is given twice, or with a shorter, longer or joined copy. */
class RepeatedCapturesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path reel = folder;
    private Path copy = folder;

    @BeforeEach
    void copy() throws IOException {
        reel = LiveCapture.reel(folder);
        copy = Files.copy(reel, folder.resolve("copy.reel"));
    }

    private static CommandRun run(String command, List<Path> files, String... more) {
        List<String> words = new ArrayList<>(List.of(command));
        files.forEach(f -> words.add(f.toString()));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    private static String note(Path file, int snapshots, Path earlier) {
        return file + " holds " + (snapshots == 1 ? "1 snapshot" : snapshots + " snapshots") + " already read from "
                + earlier + (snapshots == 1 ? ", which counts once\n" : ", which count once\n");
    }

    /** Returns the first part of the capture, as it was copied before the snapshot began. */
    private Path before(int snapshot, Path whole) throws IOException {
        Path shorter = folder.resolve("before-" + snapshot + ".reel");
        try (CaptureReader reader = CaptureReader.open(whole)) {
            GroupEntry first = reader.groups().stream()
                    .filter(g -> g.firstSnapshot() == snapshot)
                    .findFirst()
                    .orElseThrow();
            return Files.write(shorter, Arrays.copyOf(Files.readAllBytes(whole), (int) first.offset()));
        }
    }

    @Test
    void findingsCountsASnapshotOnce() {
        CommandRun alone = run("findings", List.of(reel), "--format", "json").exits(0);
        CommandRun twice = run("findings", List.of(reel, reel), "--format", "json").exits(0);
        assertEquals(alone.out(), twice.out());
        assertEquals(note(reel, 5, reel) + alone.err(), twice.err());
        CommandRun copies = run("findings", List.of(reel, copy, reel), "--format", "json").exits(0);
        assertEquals(alone.out(), copies.out());
        assertEquals(note(copy, 5, reel) + note(reel, 5, reel) + alone.err(), copies.err());
    }

    @Test
    void aReportCountsASnapshotOnce() {
        Path page = folder.resolve("page.html");
        CommandRun alone = run("report", List.of(reel), "-o", folder.resolve("alone.html").toString());
        CommandRun copies = run("report", List.of(reel, copy, reel), "-o", page.toString());
        assertEquals(alone.exit(), copies.exit());
        assertTrue(copies.err().contains(note(copy, 5, reel)), copies.err());
        assertTrue(copies.err().contains(" in 5 snapshots"), copies.err());
    }

    @Test
    void theNoteIsKeptWithACachedAnswer() {
        for (int i = 0; i < 2; i++) {
            CommandRun run = run("findings", List.of(reel, copy), "--cache", folder.resolve("cache").toString());
            assertTrue(run.exits(0).err().startsWith(note(copy, 5, reel)), run.toString());
        }
    }

    @Test
    void aLongerCopyAddsItsNewSnapshots() throws IOException {
        String all = run("findings", List.of(reel), "--format", "json").exits(0).out();
        for (int snapshot = 1; snapshot < 5; snapshot++) {
            Path shorter = before(snapshot, reel);
            CommandRun grown = run("findings", List.of(shorter, reel), "--format", "json").exits(4);
            assertEquals(all, grown.out());
            assertTrue(grown.err().startsWith(note(reel, snapshot, shorter)), grown.toString());
            CommandRun backwards = run("findings", List.of(reel, shorter), "--format", "json").exits(4);
            assertEquals(all, backwards.out());
            assertTrue(backwards.err().startsWith(note(shorter, snapshot, reel)), backwards.toString());
        }
    }

    /** The copy was made in the middle of a snapshot: the capture that holds its end is read for it. */
    @Test
    void aSnapshotIsReadWhereItIsWhole() throws IOException {
        Path many = folder.resolve("many-groups.reel");
        try (CaptureReader in = CaptureReader.open(reel);
                CaptureWriter out = CaptureWriter.create(many, (CaptureHeader) requireNonNull(in.next()))) {
            CaptureRecord record;
            while ((record = in.next()) != null) {
                if (!(record instanceof CaptureClose)) {
                    out.write(record);
                }
                if (record instanceof DumpEnd) {
                    out.endGroup();
                }
            }
            out.finish();
        }
        Path cut = folder.resolve("within-2.reel");
        try (CaptureReader reader = CaptureReader.open(many)) {
            List<GroupEntry> ofTwo =
                    reader.groups().stream().filter(g -> g.firstSnapshot() == 2).toList();
            assertTrue(ofTwo.size() > 3, ofTwo::toString);
            Files.write(cut, Arrays.copyOf(Files.readAllBytes(many), (int) ofTwo.get(2).offset()));
        }
        String all = run("findings", List.of(many), "--format", "json").exits(0).out();
        for (List<Path> order : List.of(List.of(cut, many), List.of(many, cut))) {
            CommandRun both = run("findings", order, "--format", "json").exits(4);
            assertEquals(all, both.out());
            assertTrue(both.err().startsWith(note(order.get(1), 3, order.get(0))), both.toString());
        }
    }

    /** The groups of snapshots 2 and 3 are stated to be of snapshot 4, which the copy does not hold. */
    @Test
    void aSnapshotIsReadWhereItIsNotWhereAHeaderStatesIt() throws IOException {
        ReelFile whole = ReelFile.parse(Files.readAllBytes(reel));
        List<Group> groups = new ArrayList<>(whole.groups());
        groups.subList(3, 5).replaceAll(
                g -> new Group(g.number(), g.flags(), 4, g.realtimeNs(), g.fileId(), g.entries()));
        Path lying = Files.write(folder.resolve("lying.reel"),
                Arrays.copyOf(whole.with(groups).toBytes(), whole.offset(5)));
        String all = run("findings", List.of(reel), "--format", "json").exits(0).out();
        for (List<Path> order : List.of(List.of(lying, reel), List.of(reel, lying))) {
            CommandRun both = run("findings", order, "--format", "json").exits(4);
            assertEquals(all, both.out());
            assertTrue(both.err().startsWith(note(order.get(1), 4, order.get(0))), both.toString());
        }
    }

    @Test
    void aJoinedCaptureIsComparedPieceByPiece() throws IOException {
        Path joined = folder.resolve("joined.reel");
        byte[] other = Files.readAllBytes(Captures.WHOLE);
        byte[] one = Files.readAllBytes(reel);
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        Files.write(joined, both);
        CommandRun alone = run("findings", List.of(joined), "--format", "json").exits(0);
        CommandRun again = run("findings", List.of(joined, Captures.WHOLE, reel), "--format", "json").exits(0);
        assertEquals(alone.out(), again.out());
        assertEquals(note(Captures.WHOLE, 5, joined) + note(reel, 5, joined) + alone.err(), again.err());
    }

    @Test
    void historyCountsASnapshotOnce() throws IOException {
        String socket = "127.0.0.1:23877 0.0.0.0:*";
        List<Map<String, @Nullable Object>> alone =
                JsonTree.lines(run("history", List.of(reel), socket, "--format", "ndjson").exits(0).out());
        CommandRun twice = run("history", List.of(reel, copy), socket, "--format", "ndjson").exits(0);
        assertEquals(alone, withoutFile(twice));
        assertTrue(twice.err().startsWith(note(copy, 5, reel)), twice.toString());
        CommandRun text = run("history", List.of(reel, reel), socket).exits(0);
        assertTrue(text.out().contains("listed in 5 of 5 snapshots\n"), text.toString());
        Path shorter = before(3, reel);
        CommandRun grown = run("history", List.of(shorter, reel), socket, "--format", "ndjson").exits(4);
        assertEquals(alone, withoutFile(grown));
        assertTrue(grown.err().startsWith(note(reel, 3, shorter)), grown.toString());
    }

    private static List<Map<String, @Nullable Object>> withoutFile(CommandRun run) {
        List<Map<String, @Nullable Object>> lines = JsonTree.lines(run.out());
        lines.forEach(l -> l.remove("file"));
        return lines;
    }

    /** An import names no boot, but a copy of it is of the same. */
    @Test
    void aCopyOfAnImportIsOfItsBoot() throws IOException {
        Path imported = Files.copy(Captures.WHOLE, folder.resolve("imported.reel"));
        CommandRun run = run("history", List.of(Captures.WHOLE, imported), "cookie:40").exits(0);
        assertTrue(run.out().contains(" of 5 snapshots\n"), run.toString());
        run("diff", List.of(Captures.WHOLE, imported), "--from", "0").exits(0);
    }

    @Test
    void diffKnowsACopy() throws IOException {
        CommandRun same = run("diff", List.of(reel, copy)).exits(2).saysOnly(2);
        assertTrue(same.err().contains("both are snapshot 4 of " + reel + ", which " + copy + " is a copy of"),
                same.toString());
        run("diff", List.of(reel, copy), "--to", "2").exits(2).saysOnly(2);
        String alone = run("diff", List.of(reel), "--from", "1", "--to", "2", "--format", "ndjson").exits(0).out();
        CommandRun copies =
                run("diff", List.of(reel, copy), "--from", "1", "--to", "2", "--format", "ndjson").exits(0);
        assertEquals(alone, copies.out());
        assertTrue(copies.err().startsWith(note(copy, 5, reel)), copies.toString());
        CommandRun grown = run("diff", List.of(before(2, reel), reel), "--format", "ndjson").exits(4);
        String expected = run("diff", List.of(reel), "--from", "1", "--to", "4", "--format", "ndjson").exits(0).out();
        assertEquals(expected, grown.out());
    }

    @Test
    void differentCapturesShareNothing() {
        CommandRun run = run("findings", List.of(reel, Captures.WHOLE)).exits(0);
        assertTrue(!run.err().contains("already read"), run.toString());
        assertTrue(run.out().contains("in 10 snapshots"), run.toString());
    }
}
