package dev.sockreel.cli.usage;

import dev.sockreel.filter.Filter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine;

/** The arguments of a command line that stand in the wrong place: a FILTER where a FILE belongs, and the reverse. */
public final class Words {
    /** A cookie, or a socket by one of its numbers or its path. */
    private static final Pattern SOCKET = Pattern.compile("\\d+|(ino|file-ino):\\d+|path:.*|@.+");

    private final CommandLine command;
    private final List<String> words = new ArrayList<>();
    private final @Nullable String selection;

    private Words(CommandLine command) {
        this.command = command;
        CommandLine.ParseResult parsed = command.getParseResult();
        if (parsed != null) {
            for (PositionalParamSpec p : new LinkedHashSet<>(parsed.matchedPositionals())) {
                words.addAll(p.stringValues());
            }
        }
        this.selection = command.getCommandSpec().positionalParameters().stream()
                .map(p -> p.paramLabel().contains("FILTER") ? "FILTER" : p.paramLabel().contains("SOCKET") ? "SOCKET"
                        : "")
                .filter(label -> !label.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** Returns what stands in the wrong place, with the corrected command; null if nothing does. */
    public static @Nullable String misplaced(CommandLine command) {
        Words words = new Words(command);
        return words.words.isEmpty() || words.name().equals("import") ? null : words.misplaced();
    }

    /** Returns whether a word that names no file is a filter. */
    public static boolean isFilter(String word) {
        Path path = path(word);
        return word.strip().indexOf(' ') > 0 && (path == null || !Files.exists(path)) && parses(List.of(word));
    }

    private @Nullable String misplaced() {
        if (selection == null) {
            return words.stream().filter(Words::isFilter).findFirst().map(this::takesNone).orElse(null);
        }
        if (isFile(words.getFirst())) {
            return null;
        }
        String file = words.stream().filter(Words::isFile).findFirst().orElse(null);
        if (file != null) {
            return "the FILE comes first: " + withFileFirst(file);
        }
        return isSelection() ? "FILE is missing before the " + selection + ": sockreel " + name() + " FILE "
                + ShellWords.joined(words) : null;
    }

    private boolean isSelection() {
        String first = words.getFirst();
        return isFilter(String.join(" ", words))
                || ("SOCKET".equals(selection) && words.size() == 1 && SOCKET.matcher(first).matches());
    }

    private String takesNone(String filter) {
        String file = words.stream().filter(Words::isFile).findFirst().orElse(null);
        return "\"" + filter + "\" is a FILTER, which " + name() + " does not take: sockreel show "
                + (file == null ? "FILE" : ShellWords.quoted(file)) + " " + ShellWords.quoted(filter)
                + " lists such sockets";
    }

    /**
     * Returns a file that stands where only a FILTER or SOCKET may, as a sentence; null if there is none.
     */
    public static @Nullable String fileAsFilter(CommandLine command) {
        Words w = new Words(command);
        String file =
                w.selection == null ? null : w.words.stream().skip(1).filter(Words::isFile).findFirst().orElse(null);
        return file == null ? null : "\"" + file + "\" is a file, but a " + w.selection + " belongs here: " + w.name()
                + " reads one FILE";
    }

    private String name() {
        return command.getCommandName();
    }

    /** Returns the command line as it was given, but with the file directly after the command. */
    private String withFileFirst(String file) {
        CommandLine root = command.getCommandSpec().root().commandLine();
        List<String> given = new ArrayList<>(root.getParseResult().originalArgs());
        given.remove(given.lastIndexOf(file));
        given.add(given.indexOf(name()) + 1, file);
        return "sockreel " + ShellWords.joined(given);
    }

    private static boolean isFile(String word) {
        Path path = path(word);
        return path != null && Files.exists(path);
    }

    /** Returns null for a word that cannot name a file. */
    static @Nullable Path path(String word) {
        try {
            return word.isEmpty() ? null : Path.of(word);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static boolean parses(List<String> words) {
        try {
            Filter.parse(words);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
