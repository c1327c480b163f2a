package dev.sockreel.cli.printing;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;

/**
 * Breaks lines in the outermost objects and arrays alone: an element is one line. A document with thousands of elements
 * stays readable by line and is a third smaller than with one line a value.
 */
final class LineIndenter implements DefaultPrettyPrinter.Indenter {
    private static final int MAX_LEVEL = 2;

    static DefaultPrettyPrinter printer() {
        LineIndenter indenter = new LineIndenter();
        return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.NONE)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
    }

    @Override
    public void writeIndentation(JsonGenerator json, int level) throws IOException {
        if (level <= MAX_LEVEL) {
            json.writeRaw('\n');
            json.writeRaw("  ".repeat(level));
        }
    }

    @Override
    public boolean isInline() {
        return false;
    }
}
