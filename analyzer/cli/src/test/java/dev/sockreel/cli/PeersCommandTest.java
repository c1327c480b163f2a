package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Golden;
import dev.sockreel.fixtures.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests {@code peers}, which shows who has the other end. */
class PeersCommandTest {
    private static CommandRun peers(String... args) {
        return CommandRun.of(Captures.WHOLE, "peers", args);
    }

    @Test
    void textIsAsItWasLookedAt() {
        StringBuilder all = new StringBuilder();
        for (String socket : List.of(
                "path:/tmp/holdout.sock", "path:/tmp/holdout-1.sock", "path:/tmp/holdout-log.sock", "ino:10371",
                "ino:10397",
                "305", "127.0.0.1:20062 127.0.0.1:42010", "state listening local :20002")) {
            all.append("$ peers ").append(socket).append('\n').append(peers(socket).exits(0).out());
        }
        assertEquals(Golden.text("peers.txt"), all.toString());
    }

    /** A socketpair's other end is found. */
    @Test
    void theOtherEndOfASocketpair() {
        Map<String, @Nullable Object> json = JsonTree.object(peers("305", "--format", "json").exits(0).out());
        Map<String, @Nullable Object> end = JsonTree.asObject(json.get("otherEnd"));
        assertEquals("listed", end.get("kind"));
        Map<String, @Nullable Object> socket = JsonTree.asObject(end.get("socket"));
        assertEquals("304", socket.get("cookie"));
        assertEquals(149L, JsonTree.asObjects(socket.get("owners")).getFirst().get("pid"));
        assertEquals(json, JsonTree.object(peers("305", "--format", "ndjson").exits(0).out()));
        assertEquals(1, peers("305", "--format", "ndjson").out().lines().count());
    }

    @Test
    void csvNamesTheRelation() throws IOException {
        CommandRun run = peers("path:/tmp/holdout.sock", "--format", "csv").exits(0);
        List<CSVRecord> lines = CSVParser.parse(run.out(), CSVFormat.RFC4180).getRecords();
        assertEquals(List.of("relation", "socket", "other-end", "accepted", "accepted-client"),
                lines.stream().map(l -> l.get(0)).toList());
        assertTrue(lines.stream().allMatch(l -> l.size() == lines.getFirst().size()), run.toString());
    }

    /** mv.new exists since snapshot 1; mv.tuple's addresses match one socket in each snapshot. */
    @Test
    void oneSnapshotCanBeChosen() {
        peers("305", "--snapshot", "0").exits(3).saysOnly(1);
        assertTrue(peers("305", "--snapshot", "2").exits(0).out().startsWith("snapshot 2, "));
        peers("127.0.0.1:22001 127.0.0.1:46005").exits(2);
        CommandRun first = peers("127.0.0.1:22001 127.0.0.1:46005", "--at", "+1s").exits(0);
        assertTrue(first.out().startsWith("snapshot 0, ") && first.out().contains("fd 268"), first.toString());
        peers("305", "--snapshot", "9").exits(3).saysOnly(1);
    }

    /** A complete snapshot precedes the truncated one, so no senders are lost to the cut. */
    @Test
    void theLastCompleteSnapshotIsTaken() {
        CommandRun run = CommandRun.of(Captures.TRUNCATED, "peers", "path:/tmp/holdout-log.sock").exits(0);
        assertTrue(run.out().startsWith("snapshot 0, ") && run.out().contains("senders (3)"), run.toString());
        CommandRun cut =
                CommandRun.of(Captures.TRUNCATED, "peers", "path:/tmp/holdout-log.sock", "--snapshot", "1").exits(4);
        assertTrue(cut.err().contains("unix is truncated"), cut.toString());
    }
}
