package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.MadeSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares {@code peers FILE} with the truth of the sockets' maker. */
class PeersListingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path reel = Path.of("");
    private List<Map<String, @Nullable Object>> pairs = List.of();

    @BeforeEach
    void read() {
        reel = LiveCapture.reel(folder);
        pairs = JsonTree.lines(CommandRun.of(reel, "peers", "--format", "ndjson").exits(0).out());
    }

    private long sum(String field, Predicate<Map<String, @Nullable Object>> which) {
        return pairs.stream().filter(which).filter(p -> p.get(field) != null)
                .mapToLong(p -> (Long) requireNonNull(p.get(field))).sum();
    }

    private long waiting(String netid) {
        return sum("bytesToServer", p -> netid.equals(p.get("netid")))
                + sum("bytesToClient", p -> netid.equals(p.get("netid")));
    }

    private static long unread(Predicate<MadeSocket> which) {
        return LiveCapture.truth().stream().filter(which).map(MadeSocket::unread).filter(u -> u != null)
                .mapToLong(u -> requireNonNull(u)).sum();
    }

    private static long count(Predicate<MadeSocket> which) {
        return LiveCapture.truth().stream().filter(which).count();
    }

    @Test
    void whatWaitsIsWhatTheMakerLeftUnread() {
        assertEquals(unread(m -> m.kind().startsWith("tcp")), waiting("tcp"));
        assertEquals(unread(m -> m.kind().equals("unix")), waiting("u_str"));
        assertEquals(unread(m -> m.kind().equals("unix-seq")), waiting("u_seq"));
        assertTrue(waiting("tcp") > 0 && waiting("u_str") > 0 && waiting("u_seq") > 0, pairs::toString);
    }

    @Test
    void connectionsAreCountedOnceAndThoseNotAcceptedAreTold() {
        assertEquals(count(m -> m.kind().equals("tcp6")) / 2,
                sum("connections", p -> "[::1]:600".equals(p.get("serverAddress"))));
        assertEquals(count(m -> m.kind().equals("unix-seq")) / 2,
                sum("connections", p -> "u_seq".equals(p.get("netid"))));
        assertEquals(count(m -> m.kind().equals("full.client")),
                sum("notAccepted", p -> "tcp".equals(p.get("netid"))));
        assertEquals(count(m -> m.kind().equals("unix.waiting-client")),
                sum("notAccepted", p -> "u_str".equals(p.get("netid"))));
    }

    @Test
    void everyProcessIsTheMaker() {
        long pid = LiveCapture.truth().getFirst().pid();
        for (Map<String, @Nullable Object> pair : pairs) {
            assertEquals(List.of(pid, pid), List.of(requireNonNull(pair.get("clientPid")),
                    requireNonNull(pair.get("serverPid"))), pair::toString);
        }
    }

    @Test
    void allFormatsAgree() throws IOException {
        assertEquals(pairs, JsonTree.asObjects(
                JsonTree.parse(CommandRun.of(reel, "peers", "--format", "json").exits(0).out())));
        List<CSVRecord> csv = CSVParser.parse(
                CommandRun.of(reel, "peers", "--format", "csv").exits(0).out(), CSVFormat.RFC4180).getRecords();
        assertEquals(pairs.getFirst().keySet().stream().toList(), csv.getFirst().toList());
        assertEquals(pairs.size() + 1, csv.size());
        String text = CommandRun.of(reel, "peers").exits(0).isPrintable().out();
        assertEquals(pairs.size() + 1, text.lines().count(), text);
        assertTrue(text.lines().findFirst().orElse("").startsWith("NETID"), text);
        assertFalse(text.contains("NETNS"), "one namespace needs no column");
    }

    @Test
    void aSnapshotCanBeChosen() {
        assertTrue(JsonTree.lines(CommandRun.of(reel, "peers", "--snapshot", "1", "--format", "ndjson").exits(0).out())
                .stream().allMatch(p -> Long.valueOf(1).equals(p.get("snapshot"))));
        CommandRun.of(reel, "peers", "--snapshot", "99").exits(3).saysOnly(1);
        CommandRun.of(reel, "peers", "--at", "nonsense").exits(2);
    }
}
