package dev.sockreel.cli;

import java.io.PrintWriter;
import java.util.List;

/** Text in lines of a terminal's width. */
final class Paragraph {
    private static final int COLUMNS = 78;

    /**
     * @param indent  of the first line
     * @param hanging of the lines after it
     * @param text    a line may end at its spaces
     */
    static void print(String indent, String hanging, String text, PrintWriter out) {
        print(indent, hanging, List.of(text.split(" ", -1)), out);
    }

    /** @param pieces none is broken; one that is longer than a line has a line of its own */
    static void print(String indent, String hanging, List<String> pieces, PrintWriter out) {
        StringBuilder line = new StringBuilder(indent);
        int empty = indent.length();
        for (String piece : pieces) {
            if (line.length() + piece.length() > COLUMNS && line.length() > empty) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(hanging);
                empty = hanging.length();
            }
            line.append(piece).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }

    private Paragraph() {}
}
