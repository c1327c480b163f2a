package dev.sockreel.cli.printing;

import dev.sockreel.dump.Severity;
import dev.sockreel.wording.PrintableName;
import dev.sockreel.wording.WrappedText;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Terminal detection, colours, and escaping of text for a terminal. */
public final class Terminal {
    /** Begins a colour. */
    static final char ESCAPE = '\u001b';

    private static final int MAX_LINE_CHARS = 1000;
    private static final int MIN_PROSE_COLUMNS = 20;
    private static final Pattern COLOUR = Pattern.compile(ESCAPE + "\\[[0-9;]*m");

    /** Escapes control characters, which file names and socket names may hold. */
    public static String printable(String text) {
        return PrintableName.of(text);
    }

    /** Returns a sentence as a line for people: the middle is cut out where a name has thousands of characters. */
    public static String line(String text) {
        String line = sentence(text);
        return line.length() <= MAX_LINE_CHARS ? line
                : line.substring(0, MAX_LINE_CHARS / 2) + " … " + line.substring(line.length() - MAX_LINE_CHARS / 2);
    }

    /** Escapes control characters in a sentence, whose names may be escaped already: a backslash is kept. */
    public static String sentence(String text) {
        return PrintableName.inSentence(text);
    }

    /** Returns whether this descriptor of the process is one. */
    static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return hasConsole(); // no /proc, so not Linux
        }
    }

    @SuppressWarnings("SystemConsoleNull") // its documentation still allows it
    private static boolean hasConsole() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Returns the width of the terminal that standard output is; 0 where it is none. */
    public static int columns() {
        Streams streams = Streams.current();
        return streams.outTerminal() ? streams.columns().getAsInt() : 0;
    }

    /** Returns the columns to wrap prose to: one less than the terminal's, or than 80. */
    public static int proseColumns() {
        int columns = columns();
        return columns == 0 ? WrappedText.COLUMNS : Math.max(MIN_PROSE_COLUMNS, columns - 1);
    }

    /** Returns whether a terminal takes colours. NO_COLOR counts where it is not empty (no-color.org). */
    static Ansi colours(boolean terminal, @Nullable String noColor, @Nullable String term) {
        boolean plain = term == null || term.isEmpty() || term.equals("dumb");
        return terminal && !plain && (noColor == null || noColor.isEmpty()) ? Ansi.ON : Ansi.OFF;
    }

    /** Returns the text without what {@link #coloured} adds to it. */
    static String withoutColours(String text) {
        return COLOUR.matcher(text).replaceAll("");
    }

    /** Returns the word in the severity's colour; plain if the terminal takes no colours. */
    public static String coloured(Severity severity, String word) {
        String style = switch (severity) {
            case CRITICAL -> "bold,red";
            case WARNING -> "bold,yellow";
            case INFO -> "bold";
        };
        return Streams.current().ansi().string("@|" + style + " " + word + "|@");
    }

    private Terminal() {}
}
