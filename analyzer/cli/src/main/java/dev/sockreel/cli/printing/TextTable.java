package dev.sockreel.cli.printing;

import dev.sockreel.wording.Columns;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints aligned columns without borders. On a terminal lines fit: first the gaps become narrower, then names lose
 * their middle and sentences in the last column are broken, and what is still too wide continues below.
 */
public final class TextTable {
    /** Width of an IPv4 address with its port: such names are cut last. */
    private static final int ADDRESS_COLUMNS = 21;
    /** Width to which the last column of names, the owners, is cut before addresses are. */
    private static final int OWNER_COLUMNS = 10;
    /** Width to which paths are cut before owners are. */
    private static final int MIN_PATH_COLUMNS = 15;
    /** Least width of a name. */
    private static final int MIN_NAME_COLUMNS = 9;
    /** Least width of a last column whose sentences are broken. */
    private static final int MIN_PROSE_COLUMNS = 24;
    /** Blanks between two columns. */
    private static final int GAP_COLUMNS = 2;
    private static final int NARROW_GAP_COLUMNS = 1;
    /** Indent of a last cell on a line of its own. */
    private static final String BELOW = "    ";
    /** An owner of several. */
    private static final Pattern SEVERAL = Pattern.compile("(\\S+) and (\\d+) more.*");

    private final @Nullable List<String> headers;
    private final IntPredicate right;
    private final int gap;

    private TextTable(@Nullable List<String> headers, IntPredicate right, int gap) {
        this.headers = headers;
        this.right = right;
        this.gap = gap;
    }

    /** Prints a table without names, whose last column may hold sentences. */
    public static void print(@Nullable List<String> headers, List<String[]> rows, IntPredicate right, PrintWriter out) {
        print(headers, rows, right, c -> false, out);
    }

    /**
     * Prints a table.
     *
     * @param headers null for none
     * @param rows    cells, printed without escaping
     * @param right   true for columns to align to the right, by index
     * @param names   true for columns that may be cut, by index
     */
    public static void print(
            @Nullable List<String> headers, List<String[]> rows, IntPredicate right, IntPredicate names,
            PrintWriter out) {
        int columns = Terminal.columns();
        if (columns > 0) {
            lines(headers, rows, right, names, columns).forEach(out::println);
        } else {
            new TextTable(headers, right, GAP_COLUMNS).print(rows, widths(headers, rows), out);
        }
    }

    /** Prints rows that have the room they want, without keeping their lines. */
    private void print(List<String[]> rows, int[] widths, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        if (headers != null) {
            println(headers.toArray(String[]::new), widths, line, out);
        }
        for (String[] row : rows) {
            println(row, widths, line, out);
        }
    }

    private void println(String[] cells, int[] widths, StringBuilder line, PrintWriter out) {
        line.setLength(0);
        for (int i = 0; i < cells.length; i++) {
            line.repeat(' ', i == 0 ? 0 : gap);
            int blanks = widths[i] - Columns.of(cells[i]);
            if (right.test(i)) {
                line.repeat(' ', blanks).append(cells[i]);
            } else {
                line.append(cells[i]).repeat(' ', blanks);
            }
        }
        int end = line.length();
        while (end > 0 && Character.isWhitespace(line.charAt(end - 1))) {
            end--;
        }
        out.println(line.substring(0, end));
    }

    /**
     * Returns the lines of a table.
     *
     * @param columns of the terminal; 0: no limit
     */
    static List<String> lines(
            @Nullable List<String> headers, List<String[]> rows, IntPredicate right, IntPredicate names, int columns) {
        int[] widths = widths(headers, rows);
        if (columns == 0 || width(widths, GAP_COLUMNS) <= columns) {
            return new TextTable(headers, right, GAP_COLUMNS).lines(rows, widths);
        }
        int last = widths.length - 1;
        boolean hasNames = IntStream.rangeClosed(0, last).anyMatch(names);
        if (!hasNames && !right.test(last)
                && width(widths, GAP_COLUMNS) - widths[last] + MIN_PROSE_COLUMNS <= columns) {
            widths[last] -= width(widths, GAP_COLUMNS) - columns;
            return new TextTable(headers, right, GAP_COLUMNS).lines(rows, widths);
        }
        TextTable table = new TextTable(headers, right, NARROW_GAP_COLUMNS);
        int[] full = widths.clone();
        narrow(widths, rows, names, columns);
        if (width(widths, NARROW_GAP_COLUMNS) <= columns) {
            return table.lines(cut(rows, names, widths), widths);
        }
        return hasNames && last > 1 ? withLastBelow(headers, rows, right, names, full, columns)
                : table.parts(cut(rows, names, widths), widths, columns);
    }

    /** Returns two lines for each row, the last cell on the second. */
    private static List<String> withLastBelow(
            @Nullable List<String> headers, List<String[]> rows, IntPredicate right, IntPredicate names, int[] widths,
            int columns) {
        int last = widths.length - 1;
        int[] before = Arrays.copyOf(widths, last);
        narrow(before, rows, names, columns);
        TextTable table = new TextTable(headers == null ? null : headers.subList(0, last), right, NARROW_GAP_COLUMNS);
        List<String[]> all = new ArrayList<>(rows);
        List<String> first = table.lines(cut(rows.stream().map(r -> Arrays.copyOf(r, last)).toList(), names, before),
                before);
        if (headers != null) {
            all.addFirst(headers.toArray(String[]::new));
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            lines.addAll(FittedLines.fitted(first.get(i), columns, true));
            lines.add(BELOW + cut(all.get(i)[last], columns - BELOW.length()));
        }
        return lines;
    }

    private static int[] widths(@Nullable List<String> headers, List<String[]> rows) {
        int[] widths = new int[headers != null ? headers.size() : rows.isEmpty() ? 0 : rows.getFirst().length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headers == null ? 0 : Columns.of(headers.get(i));
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], Columns.of(row[i]));
            }
        }
        return widths;
    }

    private static int width(int[] widths, int gap) {
        return gap * (widths.length - 1) + Arrays.stream(widths).sum();
    }

    /** Cuts the widest names, then paths, then the owners, then all, each no more than needed. */
    private static void narrow(int[] widths, List<String[]> rows, IntPredicate names, int columns) {
        int owners = IntStream.range(0, widths.length).filter(names).max().orElse(-1);
        narrow(widths, names, ADDRESS_COLUMNS, columns);
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            if (names.test(i) && i != owners) {
                narrow(widths, c -> c == column, Math.max(MIN_PATH_COLUMNS, widestAddress(rows, i)), columns);
            }
        }
        narrow(widths, c -> c == owners, OWNER_COLUMNS, columns);
        narrow(widths, names, MIN_NAME_COLUMNS, columns);
    }

    private static int widestAddress(List<String[]> rows, int column) {
        return rows.stream().map(row -> row[column])
                .filter(cell -> cell.indexOf('/') < 0 && !cell.startsWith("@"))
                .mapToInt(Columns::of).max().orElse(0);
    }

    private static void narrow(int[] widths, IntPredicate which, int least, int columns) {
        while (width(widths, NARROW_GAP_COLUMNS) > columns) {
            int widest = IntStream.range(0, widths.length).filter(which)
                    .reduce((a, b) -> widths[b] > widths[a] ? b : a).orElse(-1);
            if (widest < 0 || widths[widest] <= least) {
                return;
            }
            widths[widest]--;
        }
    }

    /**
     * Returns a name in its room: of several owners the first and the number of the others, else the first word if
     * others follow; its end matters more than its begin.
     */
    private static String cut(String name, int columns) {
        Matcher several = SEVERAL.matcher(name);
        if (Columns.of(name) > columns && several.matches()) {
            return Columns.fitName(several.group(1) + "+" + several.group(2), columns);
        }
        int word = name.indexOf(' ');
        if (word > 0 && Columns.of(name) > columns) {
            String first = name.substring(0, word);
            return Columns.of(first) < columns - 1 ? Columns.head(name, columns) : Columns.fitName(first, columns);
        }
        return Columns.fitName(name, columns);
    }

    private static List<String[]> cut(List<String[]> rows, IntPredicate names, int[] widths) {
        return rows.stream().map(row -> {
            String[] cut = row.clone();
            for (int i = 0; i < cut.length; i++) {
                cut[i] = names.test(i) ? cut(cut[i], widths[i]) : cut[i];
            }
            return cut;
        }).toList();
    }

    /** Returns tables one below the other, each with as many columns as fit and each with the first one. */
    private List<String> parts(List<String[]> rows, int[] widths, int columns) {
        List<String> lines = new ArrayList<>();
        int from = 1;
        while (from < widths.length) {
            int to = from + 1;
            int used = widths[0] + gap + widths[from];
            while (to < widths.length && used + gap + widths[to] <= columns) {
                used += gap + widths[to++];
            }
            int begin = from;
            int end = to;
            int[] chosen = IntStream.concat(IntStream.of(0), IntStream.range(from, to)).toArray();
            TextTable part = new TextTable(
                    headers == null ? null : Arrays.stream(chosen).mapToObj(headers::get).toList(),
                    c -> right.test(c == 0 ? 0 : begin + c - 1), gap);
            List<String[]> cells = rows.stream()
                    .filter(row -> begin == 1 || IntStream.range(begin, end).anyMatch(c -> !row[c].isEmpty()))
                    .map(row -> Arrays.stream(chosen).mapToObj(c -> row[c]).toArray(String[]::new))
                    .toList();
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(part.lines(cells, Arrays.stream(chosen).map(c -> widths[c]).toArray()));
            from = to;
        }
        return lines;
    }

    private List<String> lines(List<String[]> rows, int[] widths) {
        List<String> lines = new ArrayList<>();
        if (headers != null) {
            lines.addAll(row(headers.toArray(String[]::new), widths));
        }
        rows.forEach(row -> lines.addAll(row(row, widths)));
        return lines;
    }

    /** Returns the line of a row, or several if the last cell is broken. */
    private List<String> row(String[] cells, int[] widths) {
        int last = cells.length - 1;
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < last; i++) {
            String blanks = " ".repeat(Math.max(0, widths[i] - Columns.of(cells[i])));
            line.append(right.test(i) ? blanks + cells[i] : cells[i] + blanks).append(" ".repeat(gap));
        }
        if (right.test(last) || Columns.of(cells[last]) <= widths[last]) {
            String blanks = " ".repeat(Math.max(0, widths[last] - Columns.of(cells[last])));
            return List.of((line + (right.test(last) ? blanks : "") + cells[last]).stripTrailing());
        }
        List<String> lines = new ArrayList<>();
        for (String part : FittedLines.fitted(cells[last], widths[last], false)) {
            lines.add(((lines.isEmpty() ? line : " ".repeat(line.length())) + part.strip()).stripTrailing());
        }
        return lines;
    }
}
