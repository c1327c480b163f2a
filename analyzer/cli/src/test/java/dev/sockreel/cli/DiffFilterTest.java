package dev.sockreel.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.NlmsgBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code diff FILE FILTER}: what it takes, and how the text folds what nobody looks for. */
class DiffFilterTest {
    @TempDir
    private Path folder;

    private static List<Map<String, @Nullable Object>> lines(Path reel, String command, List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--format", "ndjson"));
        return JsonTree.lines(CommandRun.of(reel, command, all.toArray(String[]::new)).exits(0).out());
    }

    private static Object cookie(Map<String, @Nullable Object> socket) {
        return socket.get("netid") + " " + socket.get("cookie");
    }

    /** Returns the cookies that show lists with the filter in either snapshot. */
    private static Set<Object> shown(Path reel, int first, int last, String filter) {
        Set<Object> all = new HashSet<>();
        for (int snapshot : new int[] {first, last}) {
            lines(reel, "show", List.of("--snapshot", Integer.toString(snapshot), filter))
                    .forEach(s -> all.add(cookie(s)));
        }
        return all;
    }

    /** The filter of a diff is the filter of show, in the earlier or the later snapshot. */
    @ParameterizedTest
    @ValueSource(strings = {
        "unread > 0", "state time-wait", "state established", "netid = u_str", "not netid = tcp", "recvQ = 0",
        "src 127.0.0.0/8", "comm = hd-mover", "tcpi_bytes_received > 0", "netid = nothing", "inode > 0 or unread > 0"
    })
    void takesWhatShowListsInEither(String filter) throws IOException {
        for (Path reel : List.of(Captures.WHOLE, LiveCapture.reel(folder))) {
            Set<Object> shown = shown(reel, 0, 4, filter);
            List<Map<String, @Nullable Object>> byHand =
                    lines(reel, "diff", List.of("--from", "0", "--to", "4")).stream()
                            .filter(l -> shown.contains(cookie(JsonTree.asObject(l.get("socket")))))
                            .toList();
            assertEquals(byHand, lines(reel, "diff", List.of("--from", "0", "--to", "4", filter)));
        }
    }

    /** All that the diff has is taken by the filter or left out. */
    @ParameterizedTest
    @ValueSource(strings = {"unread > 0", "netid = u_str", "state all", "netid = nothing"})
    void theSummaryCountsWhatIsLeftOut(String filter) {
        Map<String, @Nullable Object> whole = summary();
        Map<String, @Nullable Object> some = summary(filter);
        Map<String, @Nullable Object> left = JsonTree.asObject(some.get("leftOut"));
        for (String kind : List.of("appeared", "gone", "notObserved", "changed", "unchanged")) {
            assertEquals(0L, JsonTree.asObject(whole.get("leftOut")).get(kind));
            assertEquals(whole.get(kind), number(some, kind) + number(left, kind), kind);
        }
        String text = CommandRun.of(Captures.WHOLE, "diff", filter).exits(0).out();
        assertEquals(!filter.equals("state all"), text.contains("The filter left out "), text);
    }

    private static long number(Map<String, @Nullable Object> of, String field) {
        return Long.parseLong(String.valueOf(of.get(field)));
    }

    private static Map<String, @Nullable Object> summary(String... filter) {
        List<String> words = new ArrayList<>(List.of(filter));
        words.addAll(List.of("--format", "json"));
        return JsonTree.asObject(JsonTree.object(CommandRun.of(Captures.WHOLE, "diff", words.toArray(String[]::new))
                .exits(0).out()).get("summary"));
    }

    @Test
    void aSecondCaptureMayComeBeforeTheFilter() throws IOException {
        Path live = LiveCapture.reel(folder);
        Path copy = Files.copy(live, folder.resolve("copy.reel"));
        String one = CommandRun.of(live, "diff", "--from", "0", "unread", ">", "0").exits(0).out();
        String two = CommandRun.of(live, "diff", "--from", "0", copy.toString(), "unread", ">", "0").exits(0).out();
        assertEquals(one.lines().skip(2).toList(), two.lines().skip(2).toList());
        CommandRun third = CommandRun.of(live, "diff", copy.toString(), copy.toString()).exits(2).saysOnly(2);
        assertTrue(third.err().contains("compares two captures"), third.toString());
    }

    /** A name that no file has is not taken for a filter. */
    @ParameterizedTest
    @ValueSource(strings = {"missing.reel", "./missing", "/no/such/place", "a file.reel", "MISSING.REEL"})
    void whatLooksLikeAFileIsOne(String word) {
        CommandRun run = CommandRun.of(Captures.WHOLE, "diff", word).exits(3).saysOnly(1);
        assertEquals("sockreel: " + word + ": no such file\n", run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"src /run/x", "src 10.0.0.0/8", "src=10.0.0.0/8", "dst unix:/run/*"})
    void aFilterWithASlashIsNone(String filter) {
        assertTrue(Files.isDirectory(Path.of("src")), "the first word names a folder here");
        CommandRun.of(Captures.WHOLE, "diff", filter.split(" ", -1)).exits(0);
        CommandRun.of(Captures.WHOLE, "diff", filter).exits(0);
    }

    @Test
    void aWrongFilterIsMarked() {
        CommandRun run = CommandRun.of(Captures.WHOLE, "diff", "unred", ">", "0").exits(2);
        assertTrue(run.err().contains("\n  unred > 0\n  ^\n"), run.toString());
        run.saysOnly(4);
    }

    private static final int ESTABLISHED = 1;
    private static final int TIME_WAIT = 6;

    private static byte[] socket(int cookie, int state, int recvQ) {
        return InetDiagMsgBuilder.in(LITTLE_ENDIAN).header(h -> h.seq(1)).state(state).cookie(cookie)
                .inode(state == TIME_WAIT ? 0 : 1000 + cookie).local("127.0.0.1", 8000).remote("127.0.0.1", cookie)
                .queues(recvQ, 0).toBytes();
    }

    /** One connection that fills up among many that end: two snapshots of one boot. */
    private static Path[] ending() throws IOException {
        byte[][] before = IntStream.range(0, 40)
                .mapToObj(i -> i == 20 ? socket(100, ESTABLISHED, 10) : socket(i + 1, TIME_WAIT, 0))
                .toArray(byte[][]::new);
        byte[][] after = IntStream.range(0, 30)
                .mapToObj(i -> i == 20 ? socket(100, ESTABLISHED, 9000) : socket(i + 200, TIME_WAIT, 0))
                .toArray(byte[][]::new);
        NlmsgBuilder asked = DiagRequest.inet(LITTLE_ENDIAN, 2, 6, 0, 0xffffffffL);
        String name = "ending" + System.nanoTime();
        return new Path[] {
            new SyntheticLog(name + "1.reel").dump("tcp4", asked, before).reel(),
            new SyntheticLog(name + "2.reel").dump("tcp4", asked, after).reel()
        };
    }

    /** Text counts TIME-WAIT in one line unless it is asked for; the other formats list it. */
    @Test
    void timeWaitIsFoldedInText() throws IOException {
        Path[] two = ending();
        String folded = CommandRun.of(two[0], "diff", two[1].toString(), "--same-boot").exits(0).out();
        assertEquals(List.of(
                "", "changed", "  tcp ESTAB  127.0.0.1:8000 <- 127.0.0.1:100  owner not recorded",
                "      recvQ 10 -> 9000, unread 10 -> 9000", "",
                "TIME-WAIT, not listed (--time-wait lists them): 29 appeared, 39 gone", "",
                "29 appeared, 39 gone, 0 not observed, 1 changed, 0 unchanged"),
                folded.lines().skip(2).toList());
        for (String[] asked : new String[][] {{"--time-wait"}, {"state", "time-wait"}, {"state = TIME-WAIT"},
            {"state", "bucket"}}) {
            List<String> words = new ArrayList<>(List.of(two[1].toString(), "--same-boot"));
            words.addAll(List.of(asked));
            String listed = CommandRun.of(two[0], "diff", words.toArray(String[]::new)).exits(0).out();
            assertEquals(68, listed.lines().filter(l -> l.startsWith("  tcp TIME-WAIT")).count(), listed);
        }
        String ndjson = CommandRun.of(two[0], "diff", two[1].toString(), "--same-boot", "--format", "ndjson").out();
        assertEquals(69, ndjson.lines().count());
    }

    /** A changed queue stands before everything, an attribute that changed alone behind it. */
    @Test
    void whatMattersStandsFirst() {
        String text = CommandRun.of(Captures.WHOLE, "diff", "--from", "0", "--to", "4").exits(0).out();
        List<String> headings = text.lines().filter(l -> l.matches("[a-z][^,]*") && !l.startsWith("from ")).toList();
        assertEquals(List.of("changed", "appeared", "gone", "changed in attributes alone"), headings, text);
    }
}
