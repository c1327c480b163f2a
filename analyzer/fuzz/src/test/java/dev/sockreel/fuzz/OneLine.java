package dev.sockreel.fuzz;

import org.jspecify.annotations.Nullable;

/** Checks text for terminals: no line end, no escape, nothing that moves the cursor or changes the text direction. */
public final class OneLine {
    public static void check(@Nullable String text) {
        for (int i = 0; text != null && i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int type = Character.getType(text.codePointAt(i));
            if (type == Character.CONTROL || type == Character.FORMAT || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR || type == Character.SURROGATE) {
                throw new AssertionError("character " + (int) text.charAt(i) + " at " + i + " of: " + text);
            }
        }
    }

    private OneLine() {}
}
