package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.wording.JsonEscapes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;

/** Creates the generators of all JSON that is written: characters that are not printable are escaped. */
public final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonFactory VALUES = new JsonFactoryBuilder().rootValueSeparator("").build();

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

    /** The same in UTF-8. */
    public static JsonGenerator to(OutputStream out) throws IOException {
        return to(out, FACTORY);
    }

    static JsonGenerator to(OutputStream out, JsonFactory factory) throws IOException {
        JsonGenerator json = factory.createGenerator(out, JsonEncoding.UTF8);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        return new PrintableJson(json);
    }

    /** Returns a generator of values in UTF-8 with nothing between them: whoever writes them says what stands there. */
    static JsonGenerator values(OutputStream out) throws IOException {
        return to(out, VALUES);
    }

    private JsonOutput() {}
}
