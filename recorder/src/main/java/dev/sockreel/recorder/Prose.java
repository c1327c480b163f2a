package dev.sockreel.recorder;

import java.io.PrintWriter;

/** Sentences for eyes, broken at blanks so that no line is longer than a terminal is wide. */
public final class Prose {
    /** One less than 80: some terminals break at the last column. */
    private static final int COLUMNS = 79;

    private static final String HANGING = "    ";

    /** Later lines are indented further. */
    public static void print(PrintWriter out, String indent, String sentence) {
        StringBuilder line = new StringBuilder(indent);
        boolean empty = true;
        for (String word : sentence.split(" ", -1)) {
            if (!empty && line.length() + word.length() > COLUMNS) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(HANGING);
            }
            line.append(word).append(' ');
            empty = false;
        }
        out.println(line.toString().stripTrailing());
    }

    private Prose() {}
}
