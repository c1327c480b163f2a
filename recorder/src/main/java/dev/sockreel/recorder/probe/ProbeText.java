package dev.sockreel.recorder.probe;

import dev.sockreel.wording.PrintableName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/** Prints {@code probe} for people, in at most 80 columns. */
public final class ProbeText {
    private static final int COLUMNS = 80;

    public static String of(Probe probe) {
        StringBuilder out = new StringBuilder();
        line(out, "kernel " + probe.kernel() + ", uid " + probe.effectiveUid());
        line(out, "");
        line(out, row("FAMILY", "HANDLER", "EVIDENCE"));
        for (Probe.Handler h : probe.handlers()) {
            line(out, row(h.family(), h.state().name().toLowerCase(Locale.ROOT), h.evidence()));
        }
        line(out, row("ping", "none", "no kernel has one; /proc/net/icmp is recorded as text"));
        line(out, "");
        line(out, String.format(Locale.ROOT, "%-20s %-5s %s", "PRIVILEGE", "HELD", "WHAT IT SHOWS"));
        for (Probe.Privilege p : probe.privileges()) {
            line(out, String.format(Locale.ROOT, "%-20s %-5s %s", p.name(), p.held() ? "yes" : "no", p.changes()));
        }
        line(out, "");
        line(out, "NETWORK NAMESPACE");
        for (Probe.Namespace n : probe.namespaces()) {
            line(out, String.format(
                    Locale.ROOT, "%-12s %s", "net:" + n.inode(), n.own() ? "(this one)" : n.name()));
        }
        if (!probe.unseen().isEmpty()) {
            StringWriter sentences = new StringWriter();
            PrintWriter lines = new PrintWriter(sentences);
            lines.println();
            lines.println("WHAT A RECORDING WOULD NOT SHOW");
            probe.unseen().forEach(s -> WrappedText.print(lines, "", PrintableName.of(s)));
            lines.flush();
            out.append(sentences);
        }
        return out.toString();
    }

    private static String row(String family, String handler, String how) {
        return String.format(Locale.ROOT, "%-11s %-9s %s", family, handler, how);
    }

    private static void line(StringBuilder out, String untrusted) {
        String text = PrintableName.of(untrusted);
        out.append(text.length() > COLUMNS ? text.substring(0, COLUMNS - 1) + "…" : text.stripTrailing()).append('\n');
    }

    private ProbeText() {}
}
