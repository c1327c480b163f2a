package dev.sockreel.cli.printing;

import dev.sockreel.filter.FilterException;

/** A filter that is not understood, with a mark under the place. */
final class FilterPlace {
    private static final String INDENT = "  ";
    /** Of a longer filter as much as fits on a line. */
    private static final int MAX_BEFORE = 50;
    private static final int MAX_AFTER = 25;

    /** Two lines, each ended. */
    static String lines(FilterException e) {
        String filter = e.filter();
        int from = e.place() > MAX_BEFORE ? e.place() - MAX_BEFORE : 0;
        int to = Math.min(filter.length(), e.place() + MAX_AFTER);
        String before = (from > 0 ? "…" : "") + Terminal.printable(filter.substring(from, e.place()));
        String after = Terminal.printable(filter.substring(e.place(), to)) + (to < filter.length() ? "…" : "");
        int column = before.codePointCount(0, before.length());
        return INDENT + before + after + "\n" + INDENT + " ".repeat(column) + "^\n";
    }

    private FilterPlace() {}
}
