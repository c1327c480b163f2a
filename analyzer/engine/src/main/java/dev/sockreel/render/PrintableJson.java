package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.sockreel.wording.JsonEscapes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Escapes what is not printable, as {@link JsonEscapes} does, for a generator that writes bytes: nearly all texts are
 * plain ASCII and go on as they are. Names of fields are sockreel's own and always plain.
 */
final class PrintableJson extends JsonGeneratorDelegate {
    private static final int DEL = 0x7f;

    /** @param json writes UTF-8 */
    PrintableJson(JsonGenerator json) {
        super(json);
    }

    @Override
    public void writeString(@Nullable String text) throws IOException {
        if (text == null || isPlain(text)) {
            delegate.writeString(text);
        } else {
            char[] quoted = JsonStringEncoder.getInstance().quoteAsString(text);
            delegate.writeRawValue('"' + JsonEscapes.in(new String(quoted)) + '"');
        }
    }

    @Override
    public void writeString(char[] text, int from, int length) throws IOException {
        writeString(new String(text, from, length));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= DEL) {
                return false;
            }
        }
        return true;
    }
}
