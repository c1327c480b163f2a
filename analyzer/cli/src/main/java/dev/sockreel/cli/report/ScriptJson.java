package dev.sockreel.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.sockreel.render.JsonOutput;
import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Creates generators for JSON that is safe in a script element, whatever names it holds: no character of it ends the
 * element, opens a comment, or ends a line of a script.
 */
final class ScriptJson {
    /** JavaScript's Number.MAX_SAFE_INTEGER. Larger numbers are written as strings, so that no digit is lost. */
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private static final JsonFactory FACTORY = new JsonFactory().setCharacterEscapes(new Escapes());

    static JsonGenerator generator(Writer out) throws IOException {
        return new ExactNumbers(JsonOutput.to(out, FACTORY));
    }

    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

        Escapes() {
            for (char c : new char[] {'<', '>', '&', '\''}) {
                ascii[c] = CharacterEscapes.ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return null;
        }
    }

    private static final class ExactNumbers extends JsonGeneratorDelegate {
        ExactNumbers(JsonGenerator json) {
            super(json);
        }

        @Override
        public void writeNumber(long value) throws IOException {
            if (value > MAX_SAFE_INTEGER || value < -MAX_SAFE_INTEGER) {
                writeString(Long.toString(value));
            } else {
                super.writeNumber(value);
            }
        }

        /** Numbers of 64 bits without a sign come as text. */
        @Override
        public void writeNumber(String digits) throws IOException {
            writeString(digits);
        }

        @Override
        public void writeNumber(BigInteger value) throws IOException {
            writeString(value.toString());
        }
    }

    private ScriptJson() {}
}
