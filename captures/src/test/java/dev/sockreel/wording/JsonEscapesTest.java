package dev.sockreel.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEscapesTest {
    @ParameterizedTest
    @CsvSource({
        "7f, \\u007f", "80, \\u0080", "9b, \\u009b", "a0, \u00a0", "e9, é", "ad, \\u00ad", "61c, \\u061c",
        "200b, \\u200b", "200e, \\u200e", "2028, \\u2028", "202e, \\u202e", "2066, \\u2066", "20ac, €",
        "e000, \\ue000", "feff, \\ufeff", "ffff, \\uffff", "1f600, \ud83d\ude00", "1d173, \\ud834\\udd73",
        "e0041, \\udb40\\udc41", "1fffe, \\ud83f\\udffe", "d83d, \\ud83d", "de00, \\ude00"})
    void character(String hex, String expected) {
        String text = new StringBuilder().appendCodePoint(Integer.parseInt(hex, 16)).toString();
        assertEquals("[\"a" + expected + "b\"]\n", JsonEscapes.in("[\"a" + text + "b\"]\n"));
    }

    @Test
    void pairInTwoParts() throws IOException {
        StringWriter text = new StringWriter();
        try (Writer escapes = new JsonEscapes(text)) {
            escapes.write('\ud83d');
            escapes.write("\ude00\ud834");
            escapes.write("\udd73\ud834\ud834".toCharArray());
        }
        assertEquals("\ud83d\ude00\\ud834\\udd73\\ud834\\ud834", text.toString());
    }
}
