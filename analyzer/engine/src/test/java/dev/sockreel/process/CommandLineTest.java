package dev.sockreel.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.capture.record.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    /** | stands for the NUL after each word, % for a backslash. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "nginx|-c|/etc/nginx.conf|, nginx -c /etc/nginx.conf",
        "sh|-c|echo hi; sleep 1|, sh -c 'echo hi; sleep 1'",
        "a|it's|, a 'it'%''s'",
        "a||b|, a '' b",
        "a|$HOME|*|~|#|, a '$HOME' '*' '~' '#'",
        "nginx: worker process||||, nginx: worker process",
        "a|tab\there|, a $'tab%x09here'",
        "a|esc\u001b[31m'|, a $'esc%x1b[31m%''",
        "a|b%c|, a $'b%x5cc'",
        "a|grün|, a 'grün'",
        "/usr/bin/my prog|, /usr/bin/my prog",
        "no-nul-at-end, no-nul-at-end"})
    void wordsAreQuotedForAShell(String words, String line) {
        byte[] bytes = words.replace('|', '\0').replace('%', '\\').getBytes(UTF_8);
        assertEquals(new CommandLine(line.replace('%', '\\'), 0), CommandLine.of(bytes, 0));
    }

    @Test
    void aKernelThreadHasNone() {
        assertNull(CommandLine.of(new byte[0], 0).text());
        assertNull(CommandLine.of(new byte[3], 0).text());
        assertNull(CommandLine.of(new byte[0], 0).remark());
    }

    @Test
    void whatWasDoneToItIsRemarked() {
        assertEquals("masked",
                CommandLine.of("a\0--password=***\0".getBytes(UTF_8), Processes.CMDLINE_MASKED).remark());
        assertEquals("withheld", CommandLine.of(new byte[0], Processes.CMDLINE_WITHHELD).remark());
        assertEquals("unreadable", CommandLine.of(new byte[0], Processes.CMDLINE_UNREADABLE).remark());
        CommandLine cut = CommandLine.of("a\0b".getBytes(UTF_8), Processes.CMDLINE_CUT | Processes.CMDLINE_MASKED);
        assertEquals("a b …", cut.text());
        assertEquals("masked, cut", cut.remark());
    }

    @Test
    void aLongerOneThanWritersStoreIsCut() {
        byte[] words = "x".repeat(Processes.MAX_CMDLINE_BYTES + 1).getBytes(UTF_8);
        assertEquals("x".repeat(Processes.MAX_CMDLINE_BYTES) + " …", CommandLine.of(words, 0).text());
    }
}
