package dev.sockreel.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.sockreel.wording.JsonEscapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Escapes what is not printable, as {@link JsonEscapes} does, for a generator that writes bytes: nearly all texts are
 * plain ASCII and go on as they are. So do names of fields that come ready to be written, which are sockreel's own.
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
            delegate.writeRawValue('"' + escaped(text) + '"');
        }
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        if (isPlain(name)) {
            delegate.writeFieldName(name);
        } else {
            delegate.writeFieldName(new EscapedName(name));
        }
    }

    @Override
    public void writeString(char[] text, int from, int length) throws IOException {
        writeString(new String(text, from, length));
    }

    private static String escaped(String text) {
        return JsonEscapes.in(new String(JsonStringEncoder.getInstance().quoteAsString(text)));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= DEL) {
                return false;
            }
        }
        return true;
    }

    /** A name whose quoted form has more escapes than JSON asks for. */
    private static final class EscapedName extends SerializedString {
        private static final long serialVersionUID = 1;

        EscapedName(String name) {
            super(name);
            _quotedUTF8Ref = escaped(name).getBytes(StandardCharsets.UTF_8);
        }
    }
}
