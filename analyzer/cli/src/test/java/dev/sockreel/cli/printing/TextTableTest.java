package dev.sockreel.cli.printing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests tables on a terminal: only names are cut, and no more than needed. */
class TextTableTest {
    private static final List<String> HEADERS = List.of("STATE", "LOCAL", "PEER");
    private static final String LONG = "/run/user/1000/some/where/deep/below/the/home/of/a/user/a.sock";

    private static String[] fitted(int columns, String... row) {
        return TextTable.fitted(HEADERS, List.<String[]>of(row), c -> c > 0, columns).getFirst();
    }

    @Test
    void withoutATerminalNothingIsCut() {
        assertArrayEquals(new String[] {"ESTAB", LONG, LONG}, fitted(0, "ESTAB", LONG, LONG));
    }

    @Test
    void aWideTerminalShowsAll() {
        int needed = "ESTAB".length() + 2 + LONG.length() + 2 + "*".length();
        assertArrayEquals(new String[] {"ESTAB", LONG, "*"}, fitted(200, "ESTAB", LONG, "*"));
        assertArrayEquals(new String[] {"ESTAB", LONG, "*"}, fitted(needed + 3, "ESTAB", LONG, "*"));
    }

    @Test
    void theLongestNamesAreCutFirst() {
        for (int columns : new int[] {60, 80, 100}) {
            String[] row = fitted(columns, "ESTAB", LONG, "127.0.0.1:8080");
            assertEquals("127.0.0.1:8080", row[2]);
            assertEquals(Math.min(LONG.length(), columns - 5 - 2 - 2 - 14), row[1].length());
            String[] both = fitted(columns, "ESTAB", LONG, LONG);
            assertEquals((columns - 9) / 2, both[1].length());
            assertEquals(both[1], both[2]);
        }
    }

    /** Twenty characters of a name are shown even where the line then does not fit. */
    @Test
    void aNarrowTerminalStillShowsNames() {
        assertEquals(20, fitted(10, "ESTAB", LONG, LONG)[1].length());
        assertEquals("ESTAB", fitted(10, "ESTAB", LONG, LONG)[0]);
    }
}
