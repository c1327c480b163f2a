package dev.sockreel.recorder.probe;

import java.io.PrintWriter;
import java.util.List;

/** Sentences for eyes, broken at blanks so that no line is longer than a terminal is wide. */
public final class Prose {
    /** One less than 80: some terminals break at the last column. */
    private static final int COLUMNS = 79;

    private static final String HANGING = "    ";

    /** Later lines are indented further. */
    public static void print(PrintWriter out, String indent, String sentence) {
        print(out, indent, HANGING, List.of(sentence.split(" ", -1)));
    }

    /**
     * @param hanging indent of later lines
     * @param pieces  that are not broken themselves
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

    private Prose() {}
}
