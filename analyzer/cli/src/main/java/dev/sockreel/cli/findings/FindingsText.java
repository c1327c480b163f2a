package dev.sockreel.cli.findings;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.printing.TextTable;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Severity;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.finding.Coverage;
import dev.sockreel.finding.DumpReport;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.recorder.probe.WrappedText;
import dev.sockreel.render.SocketInWords;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.unseen.Unseen;
import dev.sockreel.unseen.UnseenRun;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints findings as text: first what the capture does not show, then the findings, the worst first. */
public final class FindingsText implements FindingsPrinter {
    /** Findings of one id printed at most; the rest is counted. JSON has all. */
    private static final int MAX_PER_ID = 25;

    private final Stdout out;
    private final PrintWriter text;

    public FindingsText(Stdout out) {
        this.out = out;
        this.text = out.writer();
    }

    @Override
    public void print(Findings findings) throws IOException {
        caveats(findings);
        Map<String, Integer> counts = new TreeMap<>();
        for (Finding f : findings.findings()) {
            if (f.severity() != Severity.INFO && counts.merge(f.id(), 1, Integer::sum) <= MAX_PER_ID) {
                finding(f);
            }
        }
        counts.forEach((id, count) -> {
            if (count > MAX_PER_ID) {
                text.println((count - MAX_PER_ID) + " more " + id + " (--format json lists all)");
                text.println();
            }
        });
        notices(findings);
        summary(findings);
        out.check();
    }

    /** Prints these findings in full, without a summary. */
    public void printFindings(List<Finding> findings) throws IOException {
        findings.forEach(this::finding);
        out.check();
    }

    /** Prints findings of severity info: by id and certainty, a line each under the sentence of the first. */
    private void notices(Findings findings) {
        Map<String, List<Finding>> byId = new TreeMap<>();
        findings.findings().stream()
                .filter(f -> f.severity() == Severity.INFO)
                .forEach(f -> byId.computeIfAbsent(f.id() + "  (" + f.certainty().id() + ")", k -> new ArrayList<>())
                        .add(f));
        byId.forEach((kind, some) -> {
            text.println(Terminal.coloured(Severity.INFO, "INFO") + "  " + kind + ": "
                    + Counted.of(some.size(), "socket:", "sockets; the first:"));
            WrappedText.print(text, "  ", some.getFirst().why());
            List<String[]> rows = some.stream().limit(MAX_PER_ID).map(FindingsText::row).toList();
            TextTable.print(List.of("NETID", "SOCKET", "RECV-Q", "FOR", "OWNER"), rows, c -> c == 2, text);
            if (some.size() > MAX_PER_ID) {
                text.println("and " + (some.size() - MAX_PER_ID) + " more (--format json lists all)");
            }
            text.println();
        });
    }

    private static String[] row(Finding f) {
        Socket s = f.socket().socket();
        return new String[] {
            s.netid(), SocketInWords.ends(f.socket()), Long.toString(s.recvQ().kernelNumber()),
            Counted.of(f.snapshots(), "snapshot"),
            SocketInWords.owners(f.socket())
        };
    }

    /** Prints which dumps are incomplete and what could not be seen. */
    private void caveats(Findings findings) {
        List<DumpReport> weak = findings.dumps().stream()
                .filter(d -> d.verdict() != DumpVerdict.COMPLETE && d.verdict() != DumpVerdict.UNAVAILABLE)
                .toList();
        if (!weak.isEmpty()) {
            text.println(weak.size() + " of " + Counted.of(findings.dumps().size(), "dump")
                    + (weak.size() == 1 ? " is" : " are")
                    + " incomplete; the findings below are right, but some may be missing:");
            weak.stream().limit(5).forEach(d -> text.println("  snapshot " + d.snapshot() + ", " + d.family() + ": "
                    + d.verdict().id()));
            text.println();
        }
        unseen(findings.coverage());
    }

    /** Prints what could not be seen and may hide findings. */
    private void unseen(Coverage coverage) {
        List<Unseen> weak = coverage.unseen().stream().map(UnseenRun.Total::last).filter(Unseen::weakens).toList();
        if (!weak.isEmpty()) {
            text.println("What could not be seen (`sockreel info FILE` says how to change that):");
            weak.forEach(u -> WrappedText.print(text, "  ", Terminal.printable(u.sentence())));
            text.println();
        }
    }

    private void finding(Finding f) {
        Socket s = f.socket().socket();
        String word = f.severity().id().toUpperCase(Locale.ROOT);
        text.println(Terminal.coloured(f.severity(), word) + "  " + f.id() + "  (" + f.certainty().id() + ")");
        text.println("  " + s.netid() + " " + s.state() + "  " + SocketInWords.ends(f.socket()) + "  "
                + SocketInWords.owners(f.socket()));
        WrappedText.print(text, "  ", f.why());
        text.println("  " + time(f) + (f.trend() == null ? "" : ", " + f.trend()));
        WrappedText.print(text, "  next: ", f.next());
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

    private void summary(Findings findings) {
        Coverage coverage = findings.coverage();
        String snapshots = Counted.of(coverage.snapshots(), "snapshot");
        if (findings.findings().isEmpty() && coverage.snapshots() > 0) {
            text.println("Nothing found in " + snapshots + ".");
        }
        List<String> counts = new ArrayList<>();
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)) {
            long n = findings.findings().stream().filter(f -> f.severity() == severity).count();
            counts.add(n + " " + severity.id());
        }
        String complete = coverage.families().entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue().complete())
                .collect(Collectors.joining(", "));
        text.println(String.join(", ", counts) + " in " + snapshots + "; "
                + (complete.isEmpty() ? "no dumps" : "complete dumps: " + complete));
    }
}
