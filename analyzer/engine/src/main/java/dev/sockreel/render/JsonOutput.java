package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.wording.JsonEscapes;
import java.io.IOException;
import java.io.Writer;

/** Creates the generators of all JSON that is written: characters that are not printable are escaped. */
public final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Returns a generator that leaves {@code out} open, and flushes it only when asked to flush it itself. */
    public static JsonGenerator to(Writer out) throws IOException {
        return to(out, FACTORY);
    }

    /** @param factory a factory with settings of its own */
    public static JsonGenerator to(Writer out, JsonFactory factory) throws IOException {
        JsonGenerator json = factory.createGenerator(new JsonEscapes(out));
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        return json;
    }

    private JsonOutput() {}
}
