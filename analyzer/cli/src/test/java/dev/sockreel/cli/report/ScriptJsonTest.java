package dev.sockreel.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.fixtures.JsonTree;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptJsonTest {
    private interface Write {
        void to(JsonGenerator json) throws IOException;
    }

    private static String written(Write write) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = ScriptJson.generator(out)) {
            write.to(json);
        }
        return out.toString();
    }

    /** Encodes every character, as a value and as a name. */
    @Test
    void nothingEndsTheScriptAndEverythingComesBack() throws IOException {
        for (int from = 0; from <= Character.MAX_CODE_POINT; from += 0x100) {
            StringBuilder all = new StringBuilder();
            for (int c = from; c < from + 0x100; c++) {
                if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                    all.appendCodePoint(c);
                }
            }
            String text = all.toString();
            String json = written(j -> {
                j.writeStartObject();
                j.writeStringField("k" + text, text);
                j.writeEndObject();
            });
            for (String unsafe : List.of("<", ">", "&", "'", "\u2028", "\u2029", "\n", "\u0000", "\u007f")) {
                assertFalse(json.contains(unsafe), Integer.toHexString(from));
            }
            assertEquals(text, JsonTree.object(json).get("k" + text), Integer.toHexString(from));
        }
    }

    /** JavaScript numbers have 53 bits; none is rounded. */
    @Test
    void largeNumbersKeepTheirDigits() throws IOException {
        long limit = 1L << 53;
        assertEquals(
                "[" + (limit - 1) + ",\"" + limit + "\",\"-" + limit + "\",\"" + Long.MIN_VALUE
                        + "\",\"18446744073709551615\"]",
                written(j -> {
                    j.writeStartArray();
                    j.writeNumber(limit - 1);
                    j.writeNumber(limit);
                    j.writeNumber(-limit);
                    j.writeNumber(Long.MIN_VALUE);
                    j.writeNumber(new BigInteger("18446744073709551615"));
                    j.writeEndArray();
                }));
    }
}
