package dev.sockreel.cli.printing;

import dev.sockreel.address.PrintableName;
import dev.sockreel.dump.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** What a terminal may be sent. */
public final class Terminal {
    /** A message of ours may quote a file's name: control characters in it become visible. */
    public static String printable(String text) {
        return PrintableName.of(text);
    }

    /** Whether standard error is one: a file or a pipe gets no line that is written again and again. */
    static boolean isErrTerminal() {
        return isTerminal(2);
    }

    /** Whether standard output is one. */
    public static boolean isOutTerminal() {
        return isTerminal(1);
    }

    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return Ansi.AUTO.enabled(); // no /proc: no Linux
        }
    }

    /** The word in the severity's colour, on a terminal that has colours and unless NO_COLOR says no. */
    public static String coloured(Severity severity, String word) {
        String style = switch (severity) {
            case CRITICAL -> "bold,red";
            case WARNING -> "bold,yellow";
            case INFO -> "bold";
        };
        return Ansi.AUTO.string("@|" + style + " " + word + "|@");
    }

    private Terminal() {}
}
