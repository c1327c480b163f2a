package dev.sockreel.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.address.UnixAddress;
import dev.sockreel.wording.Columns;
import org.junit.jupiter.api.Test;
import dev.sockreel.wording.Columns;
import org.junit.jupiter.params.ParameterizedTest;
import dev.sockreel.wording.Columns;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests names for people: padding is counted, everything else is kept up to the length that a name can have. */
class NameForEyesTest {
    @ParameterizedTest
    @CsvSource({
        "/run/x.sock, /run/x.sock",
        "@NAME\\x00\\x00\\x00, @NAME\\x00\\x00\\x00",
        "@NAME\\x00\\x00\\x00\\x00, @NAME\\x00{4}",
        "@a\\x00\\x00\\x00\\x00\\x00b\\x01\\x01\\x01\\x01, @a\\x00{5}b\\x01{4}",
        "@NAME@@@@@@@, @NAME@@@@@@@",
        "@NAME@@@@@@@@, @NAME@{8}",
        "@NAME@@@@@@@@b, @NAME@@@@@@@@b",
        "@@@@@@@@@@, @@@@@@@@@@",
        "/a\\x5cx00{4}, /a\\x5cx00{4}"
    })
    void paddingIsCounted(String name, String shown) {
        assertEquals(shown, NameForEyes.of(name));
    }

    /** sun_path holds 108 bytes; what is longer is made of escapes. */
    @Test
    void ordinaryNamesAreNeverCut() {
        String longest = "/" + "n".repeat(107);
        assertEquals(longest, NameForEyes.of(new UnixAddress(longest, false)));
        String escaped = "\\x01\\x02".repeat(54);
        assertEquals(120, NameForEyes.of(escaped).length());
    }

    @Test
    void bothEndsAreKept() {
        assertEquals("/var/…sock", Columns.fit("/var/run/a/b/c.sock", 10));
        assertEquals("short", Columns.fit("short", 5));
        assertEquals("a…b", Columns.fit("a\uD83D\uDE00\uD83D\uDE00b", 4), "no half of a character is left");
    }
}
