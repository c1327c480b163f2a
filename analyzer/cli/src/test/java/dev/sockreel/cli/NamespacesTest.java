package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -N} and {@code netns = NAME}, on a live capture whose dumps are divided between three namespaces. */
class NamespacesTest {
    private static final String TCP_LISTENER = "127.0.0.1:23877 0.0.0.0:*";
    private static final String HOST_INODE = "4026532247";

    @TempDir
    private Path folder;

    private Path reel = Path.of("");

    @BeforeEach
    void write() throws IOException {
        reel = Rewritten.inNamespaces(LiveCapture.reel(folder), folder.resolve("three.reel"));
    }

    private CommandRun run(String command, String... more) {
        return CommandRun.of(reel, command, more);
    }

    private List<Map<String, @Nullable Object>> lines(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(more));
        words.addAll(List.of("--format", "ndjson"));
        return JsonTree.lines(run(command, words.toArray(String[]::new)).exits(0).out());
    }

    private static boolean is(Map<String, @Nullable Object> socket, String word) {
        Object inode = requireNonNull(socket.get("netns"));
        return switch (word) {
            case "blue", "4026540001", "net:[4026540001]", "/run/netns/blue" -> inode.equals(Rewritten.BLUE);
            case Rewritten.GREEN_PATH, "4026540002" -> inode.equals(Rewritten.GREEN);
            default -> !inode.equals(Rewritten.BLUE) && !inode.equals(Rewritten.GREEN);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"blue", "4026540001", "net:[4026540001]", "/run/netns/blue", Rewritten.GREEN_PATH,
        "4026540002", "host", HOST_INODE})
    void showsThoseOfTheNamespace(String word) {
        List<Map<String, @Nullable Object>> byHand = lines("show").stream().filter(s -> is(s, word)).toList();
        assertFalse(byHand.isEmpty());
        assertEquals(byHand, lines("show", "-N", word));
        assertEquals(lines("show", "--all").stream().filter(s -> is(s, word)).toList(),
                lines("show", "--all", "--net", word));
    }

    @ParameterizedTest
    @CsvSource({
        "netns = blue, blue", "netns = blu*, blue", "netns=blue, blue", "netns = 4026540001, blue",
        "netns = host, host",
        "netnsName = blue, blue", "netns = /proc/77/ns/net, /proc/77/ns/net", "netns > 4026540001, 4026540002"
    })
    void theFilterKnowsItsName(String filter, String word) {
        List<Map<String, @Nullable Object>> all = lines("show");
        assertEquals(all.stream().filter(s -> is(s, word)).toList(), lines("show", filter));
    }

    @ParameterizedTest
    @CsvSource({"netns != blue, blue", "not netns = blue, blue", "netns != host, host",
        "netns ne 4026540002, 4026540002"})
    void theFilterKnowsWhatHasAnotherName(String filter, String word) {
        assertEquals(lines("show").stream().filter(s -> !is(s, word)).toList(), lines("show", filter));
    }

    @Test
    void aNameHasNoOrder() {
        CommandRun run = run("show", "netns > blue").exits(2);
        assertTrue(run.err().contains("\n  netns > blue\n          ^\n"), run.toString());
    }

    /** The column stands only where there is something to tell apart. */
    @Test
    void theTableNamesNamespacesWhereThereAreSeveral() throws IOException {
        String table = run("show").exits(0).out();
        assertTrue(table.startsWith("NETNS"), table);
        Map<String, Long> counts = table.lines().skip(1).takeWhile(l -> !l.isEmpty())
                .collect(Collectors.groupingBy(l -> l.substring(0, l.indexOf(' ')), Collectors.counting()));
        assertEquals(Set.of("blue", Rewritten.GREEN_PATH, "host"), counts.keySet());
        assertEquals(lines("show").stream().filter(s -> is(s, "blue")).count(), counts.get("blue"));
        assertTrue(run("show", "--all").exits(0).out().matches("(?s)SNAPSHOT +NETNS +NETID.*"));
        assertTrue(run("show", "-N", "blue").exits(0).out().startsWith("NETID"));
        assertTrue(CommandRun.of(folder.resolve("live-6.18.reel"), "show").exits(0).out().startsWith("NETID"));
    }

    /** Refused as a time outside is, with what there is. */
    @Test
    void anUnknownNamespaceIs3WithTheNames() {
        String out = folder.resolve("out").toString();
        for (List<String> command : List.of(List.of("show"), List.of("show", "--all"),
                List.of("show", "--format", "csv"),
                List.of("show", "--from", "0", "--to", "1"), List.of("show", "--snapshot", "1"),
                List.of("ss"), List.of("diff"), List.of("diff", "--from", "0", "--to", "1"), List.of("peers"),
                List.of("peers", "--snapshot", "1"), List.of("history", TCP_LISTENER), List.of("peers", TCP_LISTENER),
                List.of("findings"), List.of("findings", "--format", "json"), List.of("report", "-o", out),
                List.of("export", "-o", out, "--to", "csv"))) {
            List<String> words = new ArrayList<>(command.subList(1, command.size()));
            words.addAll(List.of("-N", "bleu"));
            CommandRun run = run(command.getFirst(), words.toArray(String[]::new)).exits(3);
            assertEquals("", run.out());
            assertTrue(run.err().contains(" has no network namespace \"bleu\"; it has host (" + HOST_INODE
                    + "), blue (4026540001), /proc/77/ns/net (4026540002)"), run.toString());
            assertFalse(Files.exists(Path.of(out)));
        }
    }

    @Test
    void pairsHaveAnEndInIt() {
        assertFalse(lines("peers", "--snapshot", "1", "-N", "host").isEmpty());
        assertTrue(lines("peers", "--snapshot", "1", "-N", "host").size() < lines("peers", "--snapshot", "1").size());
    }

    @Test
    void ssListsOne() {
        assertEquals(run("ss", "-xna", "-N", "blue").exits(0).out(), run("ss", "-xna", "-N", "4026540001").out());
        assertEquals(lines("show", "-N", "blue").size(), run("ss", "-Hxna", "-N", "blue").out().lines().count());
        assertEquals(run("ss", "-tna").exits(0).out(), run("ss", "-tna", "-N", "host").exits(0).out());
    }

    @Test
    void aDiffIsOfOne() {
        List<Map<String, @Nullable Object>> all = lines("diff", "--from", "0");
        for (String word : List.of("host", "blue", Rewritten.GREEN_PATH)) {
            assertEquals(all.stream().filter(l -> is(JsonTree.asObject(l.get("socket")), word)).toList(),
                    lines("diff", "--from", "0", "-N", word));
            assertEquals(lines("diff", "--from", "0", "--to", "1").stream()
                    .filter(l -> is(JsonTree.asObject(l.get("socket")), word)).toList(),
                    lines("diff", "--from", "0", "--to", "1", "-N", word));
        }
    }

    @Test
    void aSocketIsLookedForInOne() {
        assertEquals(run("history", TCP_LISTENER).exits(0).out(),
                run("history", "-N", "host", TCP_LISTENER).exits(0).out());
        assertEquals(run("peers", TCP_LISTENER).exits(0).out(),
                run("peers", "-N", "host", TCP_LISTENER).exits(0).out());
        for (String command : List.of("history", "peers")) {
            assertTrue(run(command, "-N", "blue", TCP_LISTENER).exits(3).err().contains("no socket matches"));
        }
    }

    /** A cause is shown whole or not, as it is without the option. */
    @Test
    void findingsAreThoseOfTheWholeAnalysis() {
        Map<Object, Map<String, @Nullable Object>> all = causes();
        Set<Object> shown = new HashSet<>();
        for (String word : List.of("host", "blue", Rewritten.GREEN_PATH)) {
            Map<Object, Map<String, @Nullable Object>> some = causes("-N", word);
            some.forEach((id, cause) -> assertEquals(all.get(id), cause));
            shown.addAll(some.keySet());
            some.values().stream().map(c -> c.get("waitsFor")).filter(Objects::nonNull).forEach(
                    id -> assertTrue(some.containsKey(id), word + " shows what waits for " + id));
            assertTrue(some.isEmpty() || some.values().stream()
                    .flatMap(c -> JsonTree.asObjects(c.get("findings")).stream())
                    .anyMatch(f -> is(JsonTree.asObject(f.get("socket")), word)), word);
        }
        assertEquals(all.keySet(), shown);
        assertTrue(shown.size() > 3, shown.toString());
    }

    /** Returns causes by id, their findings in place of the indexes. */
    private Map<Object, Map<String, @Nullable Object>> causes(String... words) {
        List<String> asked = new ArrayList<>(List.of(words));
        asked.addAll(List.of("--format", "json"));
        Map<String, @Nullable Object> json =
                JsonTree.object(run("findings", asked.toArray(String[]::new)).exits(0).out());
        List<Map<String, @Nullable Object>> findings = JsonTree.asObjects(json.get("findings"));
        Map<Object, Map<String, @Nullable Object>> causes = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> cause : JsonTree.asObjects(json.get("causes"))) {
            List<Object> own = new ArrayList<>();
            ((List<?>) requireNonNull(cause.get("findings")))
                    .forEach(i -> own.add(findings.get(((Long) i).intValue())));
            cause.put("findings", own);
            causes.put(requireNonNull(cause.get("id")), cause);
        }
        return causes;
    }

    @Test
    void textSaysThatFindingsAreOfOne() {
        String some = run("findings", "-N", "blue").exits(0).out();
        assertTrue(some.contains(" that concern network namespace blue; "), some);
        String none = run("findings", "-N", "blue", "--min-snapshots", "4", "--from", "2").exits(0).out();
        assertFalse(none.contains("Nothing found in 3 snapshots."), none);
        assertFalse(run("findings").exits(0).out().contains("that concern"));
    }

    @Test
    void aReportSaysWhichNamespaceItShows() throws IOException {
        Path page = folder.resolve("page.html");
        run("report", "-N", "blue", "-o", page.toString()).exits(0);
        String html = Files.readString(page);
        assertTrue(html.contains("Only network namespace blue: "), "the page says so");
        assertFalse(html.contains("127.0.0.1:23877"), "a socket of another namespace is in the page");
    }

    /** Rows in ndjson and csv, dumps in the other formats. */
    @Test
    void anExportIsOfOne() throws IOException {
        Path out = folder.resolve("out");
        for (String word : List.of("host", "blue")) {
            run("export", "-N", word, "--to", "ndjson", "-o", out.toString()).exits(0);
            assertEquals(lines("show", "-N", word), JsonTree.lines(Files.readString(out)));
            Files.delete(out);
            run("export", "-N", word, "--to", "pcapng", "-o", out.toString()).exits(0);
            Path back = folder.resolve("back-" + word + ".reel");
            CommandRun.of(out, "import", "-o", back.toString()).exits(0);
            assertEquals(cookies(lines("show", "-N", word, "source = sock_diag")), cookies(JsonTree.lines(
                    CommandRun.of(back, "show", "--format", "ndjson", "source = sock_diag").exits(0).out())));
            Files.delete(out);
        }
        run("export", "-N", "blue", "--to", "ss-dump", "-o", out.toString()).exits(3);
    }

    private static Set<@Nullable Object> cookies(List<Map<String, @Nullable Object>> sockets) {
        return sockets.stream().map(s -> s.get("netid") + " " + s.get("cookie")).collect(Collectors.toSet());
    }
}
