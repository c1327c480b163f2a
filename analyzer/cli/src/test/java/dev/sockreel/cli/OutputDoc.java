package dev.sockreel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A section of OUTPUT.md: what one command prints. */
final class OutputDoc {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]{2,}");

    /**
     * A row of the section's table.
     *
     * @param type  number, text, …
     * @param marks rare, or the only formats that have the key
     */
    record Key(List<String> path, String type, List<String> marks) {
        boolean isRare() {
            return marks.contains("rare");
        }

        boolean isIn(String format) {
            return marks.contains(format) || marks.stream().allMatch(m -> m.equals("rare"));
        }

        /** Returns whether the key, or its first words, are the path. */
        boolean begins(List<String> words) {
            if (words.size() > path.size()) {
                return false;
            }
            for (int i = 0; i < words.size(); i++) {
                if (!path.get(i).equals(words.get(i)) && !PLACEHOLDER.matcher(path.get(i)).matches()) {
                    return false;
                }
            }
            return true;
        }

        boolean is(List<String> words) {
            return words.size() == path.size() && begins(words);
        }

        String lastName() {
            return path.getLast().replace("[]", "");
        }

        @Override
        public String toString() {
            return String.join(".", path);
        }
    }

    private final String text;
    final List<Key> keys;

    private OutputDoc(String text) {
        this.text = text;
        this.keys = text.lines().filter(l -> l.startsWith("| `")).map(OutputDoc::key).toList();
    }

    static OutputDoc of(String command) {
        String all = all();
        int from = all.indexOf("\n## " + command + "\n");
        int to = all.indexOf("\n## ", from + 1);
        return new OutputDoc(all.substring(from, to < 0 ? all.length() : to));
    }

    static Stream<String> commands() {
        return all().lines().filter(l -> l.startsWith("## ")).map(l -> l.substring(3));
    }

    private static String all() {
        try {
            return Files.readString(Path.of("OUTPUT.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Key key(String row) {
        String[] cells = row.split(" *\\| *", -1);
        List<String> type = Arrays.asList(cells[2].split(", "));
        return new Key(words(cells[1].replace("`", "")), type.getFirst(), type.subList(1, type.size()));
    }

    static List<String> words(String path) {
        return Arrays.asList(path.split("\\."));
    }

    /** Returns the sentences about a format, on one line. */
    private String about(String format) {
        Matcher m = Pattern.compile("(?s)`" + format + "`: (.*?)(?=`(json|ndjson|csv)`: |\n\n|$)").matcher(text);
        if (!m.find()) {
            throw new AssertionError("nothing about " + format + " in:" + text);
        }
        return m.group(1).replace('\n', ' ');
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text).results().map(m -> m.group(1)).toList();
    }

    /** Returns whether the objects at the top are sockets, maybe with more fields. */
    boolean isOfSockets() {
        return about("json").contains("FIELDS.md");
    }

    /** Returns the keys that a line of ndjson may have. */
    List<Key> lineKeys() {
        List<String> named = quoted(about("ndjson"));
        List<String> lists = named.stream().filter(n -> n.endsWith("[]")).toList();
        List<Key> of = keys.stream().filter(k -> k.isIn("ndjson")).toList();
        if (lists.isEmpty()) {
            return of;
        }
        List<Key> line = new ArrayList<>();
        for (Key key : of) {
            if (lists.contains(key.path().getFirst())) {
                line.add(new Key(key.path().subList(1, key.path().size()), key.type(), key.marks()));
            } else if (named.contains(key.toString())) {
                line.add(key);
            }
        }
        return line;
    }

    /**
     * Returns the columns of CSV.
     *
     * @param fields the names that FIELDS.md has, in the order of its columns
     */
    List<String> columns(List<String> fields) {
        String about = about("csv").replaceFirst(": one line.*", "");
        List<String> columns = new ArrayList<>(quoted(about));
        if (about.contains("FIELDS.md")) {
            columns.addAll(fields);
        }
        return columns;
    }
}
