package dev.sockreel.cli.findings;

import dev.sockreel.cli.printing.Prose;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.finding.Finding;
import dev.sockreel.render.SocketInWords;
import dev.sockreel.sockdiag.Socket;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints single findings, one paragraph each, with the cause that they belong to. */
final class SocketFindingsText {
    private final PrintWriter text;
    private final ShownTimes times;

    SocketFindingsText(PrintWriter text, ShownTimes times) {
        this.times = times;
        this.text = text;
    }

    void print(List<Finding> findings) {
        findings.forEach(this::finding);
    }

    private void finding(Finding f) {
        Socket s = f.socket().socket();
        String word = f.severity().id().toUpperCase(Locale.ROOT);
        text.println(Terminal.coloured(f.severity(), word) + "  " + f.id() + "  (" + f.certainty().id() + ")"
                + (f.cause().isEmpty() ? "" : "  " + f.cause()));
        text.println("  " + s.netid() + " " + s.state() + "  " + SocketInWords.ends(f.socket()) + "  "
                + SocketInWords.owners(f.socket()));
        Prose.print(text, "  ", f.why());
        text.println("  " + time(f) + (f.trend() == null ? "" : ", " + f.trend()));
        String local = times.span(f.since().realtimeNs(), f.until().realtimeNs());
        if (!local.isEmpty()) {
            text.println("  local " + local);
        }
        Prose.print(text, "  next: ", f.next());
        text.println();
    }

    private static String time(Finding f) {
        String since = Rfc3339.of(f.since().realtimeNs());
        String until = Rfc3339.of(f.until().realtimeNs());
        if (since == null) {
            return "at an unknown time";
        }
        return since.equals(until) ? "at " + since : "from " + since + " to " + until;
    }
}
