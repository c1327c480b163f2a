package dev.sockreel.cli.printing;

import dev.sockreel.filter.FilterException;
import dev.sockreel.wording.Columns;

/** Shows a filter with a syntax error, with a mark under the place. */
final class FilterPlace {
    private static final String INDENT = "  ";
    /** Characters shown before and after the place; a longer filter is shortened to fit on a line. */
    private static final int MAX_BEFORE = 50;
    private static final int MAX_AFTER = 25;

    /** Returns two lines, each with a line break: the filter and the mark. */
    static String lines(FilterException e) {
        String filter = e.filter();
        int from = e.place() > MAX_BEFORE ? e.place() - MAX_BEFORE : 0;
        int to = Math.min(filter.length(), e.place() + MAX_AFTER);
        String before = (from > 0 ? "…" : "") + Terminal.printable(filter.substring(from, e.place()));
        String after = Terminal.printable(filter.substring(e.place(), to)) + (to < filter.length() ? "…" : "");
        int column = Columns.of(before);
        return INDENT + before + after + "\n" + INDENT + " ".repeat(column) + "^\n";
    }

    private FilterPlace() {}
}
