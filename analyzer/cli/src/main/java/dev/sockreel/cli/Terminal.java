package dev.sockreel.cli;

import dev.sockreel.sockdiag.PrintableName;
import dev.sockreel.snapshot.Severity;
import picocli.CommandLine.Help.Ansi;

/** What a terminal may be sent. */
final class Terminal {
    /** A message of ours may quote a file's name: control characters in it become visible. */
    static String printable(String text) {
        return PrintableName.of(text);
    }

    /** The word in the severity's colour, on a terminal that has colours and unless NO_COLOR says no. */
    static String coloured(Severity severity, String word) {
        String style = switch (severity) {
            case CRITICAL -> "bold,red";
            case WARNING -> "bold,yellow";
            case INFO -> "bold";
        };
        return Ansi.AUTO.string("@|" + style + " " + word + "|@");
    }

    private Terminal() {}
}
