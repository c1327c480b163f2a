package dev.sockreel.cli.printing;

import dev.sockreel.wording.WrappedText;
import java.io.PrintWriter;
import java.util.List;

/** Prints sentences wrapped at spaces, to the terminal's width or, where there is none, to 80 columns. */
public final class Prose {
    /** Prints one sentence; lines after the first are indented by four spaces. */
    public static void print(PrintWriter out, String indent, String sentence) {
        WrappedText.print(out, Terminal.proseColumns(), indent, sentence);
    }

    /**
     * Prints pieces, separated by spaces.
     *
     * @param hanging indent of lines after the first
     * @param pieces  words or phrases that are not broken themselves
     */
    public static void print(PrintWriter out, String indent, String hanging, List<String> pieces) {
        WrappedText.print(out, Terminal.proseColumns(), indent, hanging, pieces);
    }

    private Prose() {}
}
