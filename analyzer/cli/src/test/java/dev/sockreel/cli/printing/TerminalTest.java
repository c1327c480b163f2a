package dev.sockreel.cli.printing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** Tests what decides about colours and width. */
class TerminalTest {
    /** An empty NO_COLOR asks for nothing (no-color.org); null is a variable that is not set. */
    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {
        "true, null, xterm, ON", "true, '', xterm, ON", "true, 1, xterm, OFF", "true, no, xterm, OFF",
        "true, null, dumb, OFF", "true, null, '', OFF", "true, null, null, OFF", "false, null, xterm, OFF",
        "false, '', xterm-256color, OFF"})
    void coloursAreForTerminalsThatTakeThem(boolean terminal, String noColor, String term, Ansi expected) {
        assertEquals(expected, Terminal.colours(terminal, noColor, term));
    }

    @Test
    void aWidthIsAPositiveNumber() {
        assertEquals(132, TerminalWidth.number("132"));
        for (String odd : new String[] {"", "0", "-1", "80x24", "99999999999", "100000"}) {
            assertEquals(0, TerminalWidth.number(odd), odd);
        }
        assertEquals(0, TerminalWidth.number(null));
    }

    @Test
    void aColourTakesNoColumns() {
        String red = "\u001b[1m\u001b[31m" + "CRITICAL" + "\u001b[39m\u001b[21m";
        assertEquals("CRITICAL", Terminal.withoutColours(red));
        assertEquals(List.of(red + " 1234567890 1"), FittedLines.fitted(red + " 1234567890 1", 21, true));
        assertEquals(List.of(red + " 1234567890", "    12"),
                FittedLines.fitted(red + " 1234567890 12", 21, true));
    }
}
