package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code show --sort --top}: the order is that of a comparator of its own over the unsorted JSON. */
class SortTest {
    private static final Path REEL = Captures.WHOLE;

    private static List<Map<String, @Nullable Object>> lines(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--format", "ndjson"));
        return JsonTree.lines(CommandRun.of(REEL, "show", all.toArray(String[]::new)).exits(0).out());
    }

    /** Returns the value at a path of the JSON: a number, a text, or null. */
    private static @Nullable Object at(@Nullable Object value, String path) {
        Object now = value;
        for (String name : path.split("/", -1)) {
            now = now instanceof List<?> list ? list.isEmpty() ? null : list.getFirst() : now;
            now = now instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return now;
    }

    private static Comparator<Map<String, @Nullable Object>> by(String path, boolean descending, boolean digits) {
        return (a, b) -> {
            Object left = at(a, path);
            Object right = at(b, path);
            if (left == null || right == null) {
                return left == right ? 0 : left == null ? 1 : -1;
            }
            boolean text = left instanceof String && !digits;
            int order = text ? left.toString().compareTo(right.toString())
                    : left instanceof Boolean t ? Boolean.compare(t, (Boolean) right)
                    : new BigInteger(left.toString()).compareTo(new BigInteger(right.toString()));
            return descending ? -order : order;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "unread, unread, true", "unread:desc, unread, true", "unread:asc, unread, false", "recvQ, recvQ, true",
        "sendQ, sendQ, true", "netid, netid, false", "netid:desc, netid, true", "state, state, false",
        "local, local, false", "peer, peer, false", "time, time, false", "inode:asc, inode, false",
        "waiting, waiting, true", "comm, comm, false", "pid, owners/pid, true", "owners.fd:asc, owners/fd, false",
        "tcpi_bytes_received, attributes/INET_DIAG_INFO/tcpi_bytes_received, true",
        "INET_DIAG_INFO.tcpi_rto:asc, attributes/INET_DIAG_INFO/tcpi_rto, false",
        "INET_DIAG_CONG, attributes/INET_DIAG_CONG, false", "netns, netns, true"
    })
    void theOrderIsThatOfTheJson(String sort, String path, boolean descending) {
        List<Map<String, @Nullable Object>> expected = new ArrayList<>(lines());
        expected.sort(by(path, descending, false));
        assertEquals(expected, lines("--sort", sort));
        for (int top : new int[] {1, 3, 40, 100_000}) {
            assertEquals(expected.subList(0, Math.min(top, expected.size())),
                    lines("--sort", sort, "--top", Integer.toString(top)));
        }
    }

    @Test
    void cookiesAreNumbers() {
        List<Map<String, @Nullable Object>> expected = new ArrayList<>(lines());
        expected.sort(by("cookie", true, true));
        assertEquals(expected, lines("--sort", "cookie"));
    }

    @Test
    void furtherFieldsDecideBetweenEqualOnes() {
        List<Map<String, @Nullable Object>> expected = new ArrayList<>(lines());
        expected.sort(by("netid", false, false).thenComparing(by("recvQ", true, false))
                .thenComparing(by("inode", false, false)));
        assertEquals(expected, lines("--sort", "netid,recvQ,inode:asc"));
    }

    /** Unread bytes come first, then what waits to be sent. */
    @Test
    void topAloneIsByWhatWaits() {
        List<Map<String, @Nullable Object>> expected = new ArrayList<>(lines());
        expected.sort(by("waiting", true, false).thenComparing(by("unread", true, false))
                .thenComparing(by("sendQ", true, false)));
        assertEquals(expected.subList(0, 7), lines("--top", "7"));
        assertNotEquals(0L, requireNonNull(expected.getFirst().get("unread")));
    }

    /** Each snapshot by itself, in their order. */
    @Test
    void allSnapshotsAreSortedEach() {
        List<Map<String, @Nullable Object>> expected = new ArrayList<>();
        for (int snapshot = 0; snapshot < 5; snapshot++) {
            expected.addAll(lines("--snapshot", Integer.toString(snapshot), "--sort", "unread", "--top", "4"));
        }
        assertEquals(20, expected.size());
        assertEquals(expected, lines("--all", "--sort", "unread", "--top", "4"));
        assertEquals(expected.subList(4, 12), lines("--from", "1", "--to", "2", "--sort", "unread", "--top", "4"));
    }

    /** Sorting loses no socket and changes none, in any format. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "ndjson", "csv"})
    void sortingOnlyChangesTheOrder(String format) {
        String plain = CommandRun.of(REEL, "show", "--format", format).exits(0).out();
        String sorted = CommandRun.of(REEL, "show", "--format", format, "--sort", "inode").exits(0).out();
        assertEquals(new HashSet<>(words(plain)), new HashSet<>(words(sorted)));
        assertNotEquals(plain, sorted);
        assertEquals(plain.lines().count(), sorted.lines().count());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\n", -1)).map(l -> l.replaceAll("^\\[|,$|\\]$", "")).toList();
    }

    @Test
    void aFilterComesFirst() {
        assertEquals(2, lines("unread > 0", "--sort", "unread", "--top", "2").size());
        assertTrue(lines("netid = nothing", "--sort", "unread").isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "unred | there is no field \"unred\" to sort by: did you mean unread?",
        "recvq | there is no field \"recvq\" to sort by: did you mean recvQ?",
        "tcpi_rt | there is no field \"tcpi_rt\" to sort by: did you mean tcpi_rto?",
        "cmm | there is no field \"cmm\" to sort by: did you mean comm?",
        "whatever-this-is | there is no field \"whatever-this-is\" to sort by: FIELDS.md lists them",
        "owners | owners is a list: sort by pid or comm", "attributes | attributes is an object",
        "unread:up | behind the colon stands asc or desc", "netid, | there is no field \"\" to sort by"
    })
    void aWrongFieldIsASentence(String sort, String said) {
        CommandRun run = CommandRun.of(REEL, "show", "--sort", sort).exits(2).saysOnly(2);
        assertTrue(run.err().contains(said), run.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000001", "many"})
    void topIsANumberOfSockets(String top) {
        CommandRun.of(REEL, "show", "--top=" + top).exits(2).saysOnly(2);
    }
}
