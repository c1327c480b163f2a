package dev.sockreel.recorder.probe;

import java.io.PrintWriter;
import java.util.List;

/** Prints sentences wrapped at spaces to the width of a terminal. */
public final class WrappedText {
    /** The width, one less than 80: some terminals wrap after the last column. */
    private static final int COLUMNS = 79;

    private static final String HANGING = "    ";

    /** Prints one sentence; lines after the first are indented by four spaces. */
    public static void print(PrintWriter out, String indent, String sentence) {
        print(out, indent, HANGING, List.of(sentence.split(" ", -1)));
    }

    /**
     * Prints pieces, separated by spaces.
     *
     * @param hanging indent of lines after the first
     * @param pieces  words or phrases that are not broken themselves
     */
    public static void print(PrintWriter out, String indent, String hanging, List<String> pieces) {
        StringBuilder line = new StringBuilder(indent);
        boolean empty = true;
        for (String piece : pieces) {
            if (!empty && line.length() + piece.length() > COLUMNS) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(hanging);
            }
            line.append(piece).append(' ');
            empty = false;
        }
        out.println(line.toString().stripTrailing());
    }

    private WrappedText() {}
}
