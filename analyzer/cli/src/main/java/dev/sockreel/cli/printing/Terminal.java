package dev.sockreel.cli.printing;

import dev.sockreel.dump.Severity;
import dev.sockreel.wording.PrintableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Terminal detection, colours, and escaping of text for a terminal. */
public final class Terminal {
    private static final int MAX_LINE_CHARS = 1000;

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
            return Ansi.AUTO.enabled(); // no /proc, so not Linux
        }
    }

    /** Returns the width of the terminal that standard output is; 0 where it is none. */
    static int columns() {
        return Streams.current().outTerminal() ? Width.COLUMNS : 0;
    }

    /** Asks the terminal only where a width is needed: it takes a process. */
    private static final class Width {
        static final int COLUMNS = new UsageMessageSpec().autoWidth(true).width();
    }

    /** Returns the word in the severity's colour; plain if the terminal has no colours or NO_COLOR is set. */
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
