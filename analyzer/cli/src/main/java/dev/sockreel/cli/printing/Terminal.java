package dev.sockreel.cli.printing;

import dev.sockreel.dump.Severity;
import dev.sockreel.sockdiag.attribute.PrintableName;
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

    /** Returns whether this descriptor of the process is one. */
    static boolean isTerminal(int descriptor) {
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
        return Streams.current().ansi().string("@|" + style + " " + word + "|@");
    }

    private Terminal() {}
}
