package dev.sockreel.field;

import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** FIELDS.md: what stands in it before the first table, and the tables as the code has them. */
public final class FieldsDoc {
    private static final Path FILE = Path.of("FIELDS.md");
    private static final String FIRST_HEADING = "## A socket\n";

    /** Returns the names in the first table of the file. */
    public static List<String> names() {
        return rows().map(FieldsDoc::name).toList();
    }

    /** Returns the names that have a yes under filter. */
    public static List<String> filtered() {
        return rows().filter(row -> row.split(" *\\| *", -1)[4].equals("yes")).map(FieldsDoc::name).toList();
    }

    private static String name(String row) {
        return row.substring(3, row.indexOf('`', 3));
    }

    private static Stream<String> rows() {
        try {
            return text().lines()
                    .dropWhile(l -> !l.equals(FIRST_HEADING.strip()))
                    .takeWhile(l -> !l.startsWith("## An owner"))
                    .filter(l -> l.startsWith("| `"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static String text() throws IOException {
        return Files.readString(FILE);
    }

    /** Returns the file with the tables of the code. */
    static String updated() throws IOException {
        String text = text();
        return text.substring(0, text.indexOf(FIRST_HEADING)) + tables();
    }

    static void write(String text) throws IOException {
        Files.writeString(FILE, text);
    }

    private static String tables() {
        StringBuilder out = new StringBuilder(FIRST_HEADING);
        out.append("| field | value | column | filter | diff | meaning |\n|---|---|---|---|---|---|\n");
        for (Field<SocketRow> f : SocketFields.ALL) {
            out.append("| `%s` | %s | %d | %s | %s | %s |\n".formatted(
                    f.name(), kind(f.value()), f.column(), yes(f.isFiltered()), yes(f.isCompared()), f.description()));
        }
        out.append("\n## An owner\n| field | value | meaning |\n|---|---|---|\n");
        OwnerFields.ALL.forEach(f -> out.append("| `%s` | %s | %s |\n".formatted(
                f.name(), kind(f.value()), f.description())));
        out.append("\n## A thread of an owner\n| field | value | meaning |\n|---|---|---|\n");
        ThreadFields.ALL.forEach(f -> out.append("| `%s` | %s | %s |\n".formatted(
                f.name(), kind(f.value()), f.description())));
        return out.toString();
    }

    private static String kind(FieldValue<?> value) {
        return switch (value) {
            case FieldValue.Number<?> v -> "number";
            case FieldValue.Digits<?> v -> "number as text";
            case FieldValue.Text<?> v -> "text";
            case FieldValue.OptionalText<?> v -> "text";
            case FieldValue.Truth<?> v -> "true or false";
            case FieldValue.Mark<?> v -> "true or false";
            case FieldValue.Owners<?> v -> "array of owners";
            case FieldValue.Threads v -> "array of threads";
            case FieldValue.Reasons<?> v -> "object";
            case FieldValue.Attributes v -> "object";
        };
    }

    private static String yes(boolean is) {
        return is ? "yes" : "";
    }

    private FieldsDoc() {}
}
