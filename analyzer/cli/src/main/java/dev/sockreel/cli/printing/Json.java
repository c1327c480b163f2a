package dev.sockreel.cli.printing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Creates JSON generators that write to standard output. */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .configure(com.fasterxml.jackson.core.json.JsonWriteFeature.ESCAPE_FORWARD_SLASHES, false)
            .build();

    public static JsonGenerator generator(Stdout out) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(out.writer());
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        return json;
    }

    private Json() {}
}
