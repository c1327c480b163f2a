package dev.sockreel.benchmarks.results;

import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown. */
public final class MarkdownTable {
    private final int columns;
    private final StringBuilder text = new StringBuilder();

    public MarkdownTable(String... titles) {
        columns = titles.length;
        line(List.of(titles));
        text.append("|---".repeat(columns)).append("|\n");
    }

    /** @throws IllegalArgumentException when there are not as many cells as titles */
    public MarkdownTable row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        }
        line(List.of(cells));
        return this;
    }

    private void line(List<String> cells) {
        text.append(cells.stream().map(MarkdownTable::cell).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String cell(String cell) {
        return cell.replace("|", "\\|").replace('\n', ' ');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
