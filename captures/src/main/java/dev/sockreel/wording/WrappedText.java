package dev.sockreel.wording;

import java.io.PrintWriter;
import java.util.List;

/** Prints sentences wrapped at spaces. */
public final class WrappedText {
    /** The columns of text that no terminal shows; one less than 80: some terminals wrap after the last column. */
    public static final int COLUMNS = 79;

    private static final String HANGING = "    ";

    /** Prints one sentence; lines after the first are indented by four spaces. */
    public static void print(PrintWriter out, int columns, String indent, String sentence) {
        print(out, columns, indent, HANGING, List.of(sentence.split(" ", -1)));
    }

    /**
     * Prints pieces, separated by spaces.
     *
     * @param hanging indent of lines after the first
     * @param pieces  words or phrases that are not broken themselves
     */
    public static void print(PrintWriter out, int columns, String indent, String hanging, List<String> pieces) {
        StringBuilder line = new StringBuilder(indent);
        int used = Columns.of(indent);
        boolean empty = true;
        for (String piece : pieces) {
            int width = Columns.of(piece);
            if (!empty && used + width > columns) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(hanging);
                used = Columns.of(hanging);
            }
            line.append(piece).append(' ');
            used += width + 1;
            empty = false;
        }
        out.println(line.toString().stripTrailing());
    }

    private WrappedText() {}
}
