package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests FILTER on the command line: the rows shown, and the message about one that is not understood. */
class FilterTextTest {
    private static List<Map<String, @Nullable Object>> shown(String... args) {
        List<String> all = new ArrayList<>(List.of("--format", "ndjson"));
        all.addAll(List.of(args));
        return JsonTree.lines(CommandRun.of(Captures.WHOLE, "show", all.toArray(String[]::new)).exits(0).out());
    }

    private static List<Map<String, @Nullable Object>> where(Predicate<Map<String, @Nullable Object>> asked) {
        return shown().stream().filter(asked).toList();
    }

    @Test
    void showTakesAWholeExpression() {
        List<Map<String, @Nullable Object>> expected = where(row -> "tcp".equals(row.get("netid"))
                && "LISTEN".equals(row.get("state")) && String.valueOf(row.get("local")).matches("[0-9].*"));
        assertFalse(expected.isEmpty());
        assertEquals(expected, shown("state", "listening", "(", "src", "0/0", "and", "netid=tcp", ")"));
        assertEquals(expected, shown("state listening ( src 0/0 and netid = tcp )"), "as one word");
    }

    @Test
    void fieldsCompare() {
        List<Map<String, @Nullable Object>> unread = where(row -> row.get("unread") instanceof Long n && n > 0);
        assertFalse(unread.isEmpty());
        assertEquals(unread, shown("unread", ">", "0"));
        assertEquals(unread, shown("unread>0"));
    }

    /** {@code -x} gives the family of addresses without one; states in the filter override -l. */
    @Test
    void optionsAndFilterGoTogether() {
        List<Map<String, @Nullable Object>> named = where(row -> String.valueOf(row.get("netid")).startsWith("u_")
                && String.valueOf(row.get("local")).startsWith("/tmp/"));
        assertFalse(named.isEmpty());
        assertEquals(named, shown("-x", "src", "/tmp/*"));
        assertEquals(named, shown("-x", "src", "*/tmp/*"));
        assertEquals(where(row -> "LISTEN".equals(row.get("state"))), shown("-l"));
        assertEquals(where(row -> "ESTAB".equals(row.get("state"))), shown("-l", "state", "established"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "history", "peers"})
    void aMarkStandsUnderThePlace(String command) {
        CommandRun run = CommandRun.of(Captures.WHOLE, command, "state", "listening", "( sport = :1 or", "frob", ")")
                .exits(2).saysOnly(4);
        List<String> lines = run.err().lines().toList();
        assertTrue(lines.getFirst().startsWith("sockreel " + command + ": \"frob\" is not a predicate"),
                run.toString());
        assertEquals("  state listening ( sport = :1 or frob )", lines.get(1));
        assertEquals(lines.get(1).indexOf("frob"), lines.get(2).indexOf('^'), run.toString());
        assertEquals("^", lines.get(2).strip());
    }

    /** The mark is under the right place even when the text before it is escaped or shortened. */
    @Test
    void theMarkIsRightInOddFilters() {
        CommandRun odd =
                CommandRun.of(Captures.WHOLE, "show", "src unix:\u0007\u00e9\\\\x or frob").exits(2).isPrintable();
        List<String> lines = odd.err().lines().toList();
        assertEquals(lines.get(1).indexOf("frob"), lines.get(2).indexOf('^'), odd.toString());
        String filter = "uid = 1 or ".repeat(60) + "frob" + " or uid = 1".repeat(60);
        CommandRun cut = CommandRun.of(Captures.WHOLE, "show", filter).exits(2);
        lines = cut.err().lines().toList();
        assertTrue(lines.get(1).length() < 90, cut.toString());
        assertEquals(lines.get(1).indexOf("frob"), lines.get(2).indexOf('^'), cut.toString());
    }
}
