package dev.sockreel.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableNameTest {
    @ParameterizedTest
    @CsvSource({
        "6120622e63, a b.c", "5c, \\x5c", "00017f, \\x00\\x01\\x7f", "0a0d09, \\x0a\\x0d\\x09", "ff, \\xff",
        // C1 control, bidi override, zero-width joiner, byte order mark, line separator: valid UTF-8, but not printable
        "c29b, \\xc2\\x9b", "e280ae, \\xe2\\x80\\xae", "e2808d, \\xe2\\x80\\x8d", "efbbbf, \\xef\\xbb\\xbf",
        "e280a8, \\xe2\\x80\\xa8",
        // overlong, surrogate, cut, beyond Unicode
        "c080, \\xc0\\x80", "eda080, \\xed\\xa0\\x80", "e282, \\xe2\\x82", "f4908080, \\xf4\\x90\\x80\\x80",
        "e28241, \\xe2\\x82A", "c3c3bc, \\xc3ü",
        "c3bc, ü", "e282ac, €", "f09f9880, 😀"})
    void text(String hex, String expected) {
        assertEquals(expected, PrintableName.of(HexFormat.of().parseHex(hex)));
    }

    @Test
    void everyByteCanBeHadBack() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        String text = PrintableName.of(all);
        StringBuilder back = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                back.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                back.append(text.charAt(i));
            }
        }
        assertEquals(HexFormat.of().formatHex(all),
                HexFormat.of().formatHex(back.toString().getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void decodedText() {
        assertEquals("odd \")(,=", PrintableName.of("odd \")(,="));
        assertEquals("\\x1b[31m", PrintableName.of("\u001b[31m"));
    }
}
