package dev.sockreel.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.wording.PrintableName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** JSON in UTF-8 is what the characters' generator writes, and nothing in it is unprintable. */
class JsonOutputTest {
    private static final long SEED = 8259;
    private static final int[] CHARS = {
        'a', '"', '\\', '/', '\n', 0x1f, 0x7f, 0x85, 0xe4, 0x200b, 0x202e, 0x20ac, 0x2800, 0xd800, 0xdc00, 0xfffe,
        0x1f600,
        0xe0001
    };

    @Test
    void bytesAreThoseOfTheCharacters() throws IOException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.appendCodePoint(CHARS[random.nextInt(CHARS.length)]);
            }
            long number = random.nextLong();
            StringWriter chars = new StringWriter();
            try (JsonGenerator json = JsonOutput.to(chars)) {
                write(json, text.toString(), number);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator json = JsonOutput.to(bytes)) {
                write(json, text.toString(), number);
            }
            String written = bytes.toString(StandardCharsets.UTF_8);
            assertEquals(chars.toString(), written);
            assertEquals(0, written.codePoints().filter(c -> !PrintableName.isPrintable(c)).count(), written);
        }
    }

    @Test
    void aNameThatFillsTheBufferIsWhole() throws IOException {
        String name = "ä\u200b".repeat(20_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonOutput.to(bytes)) {
            json.writeStartObject();
            json.writeBooleanField(name, true);
            json.writeEndObject();
        }
        assertEquals("{\"" + "ä\\u200b".repeat(20_000) + "\":true}", bytes.toString(StandardCharsets.UTF_8));
    }

    private static void write(JsonGenerator json, String text, long number) throws IOException {
        JsonValues values = new JsonValues(json);
        values.beginObject();
        values.name("text");
        values.text(text);
        json.writeFieldName("name " + text);
        values.truth(true);
        values.name("unsigned");
        values.unsigned(number);
        // of another name with the same hash
        values.name("Aa");
        values.number(number);
        values.name("BB");
        values.nothing();
        values.endObject();
    }
}
