package dev.sockreel.cli.printing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.wording.Columns;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests tables on a terminal: only names are cut, and no more than needed. */
class TextTableTest {
    private static final List<String> HEADERS = List.of("STATE", "LOCAL", "PEER");
    private static final String LONG = "/run/user/1000/some/where/deep/below/the/home/of/a/user/a.sock";

    private static List<String> lines(int columns, String... row) {
        return TextTable.lines(HEADERS, List.<String[]>of(row), c -> false, c -> c > 0, columns);
    }

    private static String[] cells(int columns, String... row) {
        return lines(columns, row).get(1).split(" +");
    }

    @Test
    void withoutATerminalNothingIsCut() {
        assertArrayEquals(new String[] {"ESTAB", LONG, LONG}, cells(0, "ESTAB", LONG, LONG));
    }

    @Test
    void aWideTerminalShowsAll() {
        int needed = "ESTAB".length() + 2 + LONG.length() + 2 + "PEER".length();
        assertArrayEquals(new String[] {"ESTAB", LONG, "*"}, cells(200, "ESTAB", LONG, "*"));
        assertEquals(lines(0, "ESTAB", LONG, "*"), lines(needed, "ESTAB", LONG, "*"));
    }

    @Test
    void theLongestNamesAreCutFirst() {
        for (int columns : new int[] {60, 80, 100}) {
            String[] row = cells(columns, "ESTAB", LONG, "127.0.0.1:8080");
            assertEquals("127.0.0.1:8080", row[2]);
            // a little room is better spent on the gaps
            assertEquals(Math.min(LONG.length(), columns - 5 - 1 - 1 - 14), row[1].length());
            String[] both = cells(columns, "ESTAB", LONG, LONG);
            assertEquals(columns - 7, both[1].length() + both[2].length());
            assertTrue(Math.abs(both[1].length() - both[2].length()) <= 1, both[1] + " " + both[2]);
        }
    }

    /** Owners are cut before addresses; of an owner the pid stays, and what follows it goes first. */
    @Test
    void addressesAreCutLast() {
        List<String> headers = List.of("NETID", "LOCAL", "PEER", "OWNER");
        List<String[]> rows = List.of(
                new String[] {"tcp", "127.0.0.1:20001", "127.0.0.1:40000", "a-long-name/1234567"},
                new String[] {"tcp", "127.0.0.1:20002", "127.0.0.1:40001", "java/12 and 7 more"});
        assertEquals(
                List.of("tcp   127.0.0.1:20001 127.0.0.1:40000 a-l…/1234567",
                        "tcp   127.0.0.1:20002 127.0.0.1:40001 java/12+7"),
                TextTable.lines(headers, rows, c -> false, c -> c > 0, 50).subList(1, 3));
    }

    /** Names that do not fit even so: the last goes below its row, and the others have the room. */
    @Test
    void onANarrowTerminalTheLastNameGoesBelow() {
        assertEquals(List.of("STATE LOCAL", "    PEER", "ESTAB /run…r/a.sock", "    127.0.0.1:20001"),
                lines(19, "ESTAB", LONG, "127.0.0.1:20001"));
    }

    /** Numbers are never cut: what does not fit continues in a table below, each with the first column. */
    @Test
    void numbersContinueBelow() {
        List<String[]> rows = List.<String[]>of(new String[] {"1-10", "1234567", "7654321"});
        assertEquals(List.of("SNAPSHOT    IN/s", "1-10     1234567", "", "SNAPSHOT  READ/s", "1-10     7654321"),
                TextTable.lines(List.of("SNAPSHOT", "IN/s", "READ/s"), rows, c -> c > 0, c -> false, 20));
    }

    @Test
    void aSentenceInTheLastColumnIsBroken() {
        List<String[]> rows = List.of(
                new String[] {"tcp4", "17", "one two three four five six"}, new String[] {"unix", "1234", "seven"});
        assertEquals(List.of(
                "FAMILY  SOCKETS  WHY",
                "tcp4         17  one two three four five",
                "                 six",
                "unix       1234  seven"),
                TextTable.lines(List.of("FAMILY", "SOCKETS", "WHY"), rows, c -> c == 1, c -> false, 41));
    }

    @Test
    void wideCharactersTakeTwoColumnsAndMarksNone() {
        List<String[]> rows = List.of(
                new String[] {"日本", "a"}, new String[] {"e\u0301t", "b"}, new String[] {"\\x0a", "c"});
        assertEquals(List.of("日本  a", "e\u0301t    b", "\\x0a  c"),
                TextTable.lines(null, rows, c -> false, c -> false, 0));
        assertEquals("日…本", Columns.fit("日日日日本本", 5));
    }
}
