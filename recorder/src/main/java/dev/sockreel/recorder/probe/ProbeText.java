package dev.sockreel.recorder.probe;

import dev.sockreel.wording.PrintableName;
import dev.sockreel.wording.WrappedText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/** Prints {@code probe} for people, in 80 columns unless a single name is longer. */
public final class ProbeText {
    private static final int COLUMNS = 80;

    public static String of(Probe probe) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println(PrintableName.of("kernel " + probe.kernel() + ", uid " + probe.effectiveUid()));
        out.println();
        row(out, "FAMILY", "HANDLER", "EVIDENCE");
        for (Probe.Handler h : probe.handlers()) {
            row(out, h.family(), h.state().name().toLowerCase(Locale.ROOT), h.evidence());
        }
        row(out, "ping", "none", "no kernel has one; /proc/net/icmp is recorded as text");
        out.println();
        line(out, String.format(Locale.ROOT, "%-20s %-5s ", "PRIVILEGE", "HELD"), "WHAT IT SHOWS");
        for (Probe.Privilege p : probe.privileges()) {
            line(out, String.format(Locale.ROOT, "%-20s %-5s ", p.name(), p.held() ? "yes" : "no"), p.changes());
        }
        out.println();
        out.println("NETWORK NAMESPACE");
        for (Probe.Namespace n : probe.namespaces()) {
            line(out, String.format(Locale.ROOT, "%-12s ", "net:" + n.inode()), n.own() ? "(this one)" : n.name());
        }
        if (!probe.unseen().isEmpty()) {
            out.println();
            out.println("WHAT A RECORDING WOULD NOT SHOW");
            probe.unseen().forEach(s -> WrappedText.print(out, WrappedText.COLUMNS, "", PrintableName.of(s)));
        }
        out.flush();
        return text.toString();
    }

    private static void row(PrintWriter out, String family, String handler, String how) {
        line(out, String.format(Locale.ROOT, "%-11s %-9s ", family, handler), how);
    }

    /** Prints a line whose last column is broken at spaces: nothing is cut, whoever reads it. */
    private static void line(PrintWriter out, String columns, String last) {
        String before = PrintableName.of(columns);
        WrappedText.print(out, COLUMNS, before, " ".repeat(before.length()),
                List.of(PrintableName.of(last).split(" ", -1)));
    }

    private ProbeText() {}
}
