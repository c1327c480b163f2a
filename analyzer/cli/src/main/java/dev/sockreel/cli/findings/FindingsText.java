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
import dev.sockreel.recorder.probe.Prose;
import dev.sockreel.render.SocketInWords;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.unseen.Unseen;
import dev.sockreel.unseen.UnseenRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Findings for eyes: what weakens the answer first, then the worst. */
public final class FindingsText implements FindingsPrinter {
    /** Findings of one id that are told in full; the rest is counted (json has all). */
    private static final int MOST_OF_A_KIND = 25;

    private final Stdout out;
    private final PrintWriter text;

    public FindingsText(Stdout out) {
        this.out = out;
        this.text = out.writer();
    }

    @Override
    public void print(Findings findings) throws IOException {
        weaknesses(findings);
        Map<String, Integer> told = new TreeMap<>();
        for (Finding f : findings.findings()) {
            if (f.severity() != Severity.INFO && told.merge(f.id(), 1, Integer::sum) <= MOST_OF_A_KIND) {
                finding(f);
            }
        }
        told.forEach((id, count) -> {
            if (count > MOST_OF_A_KIND) {
                text.println((count - MOST_OF_A_KIND) + " more " + id + " (--format json tells all)");
                text.println();
            }
        });
        notices(findings);
        summary(findings);
        out.check();
    }

    /** These alone, in full. */
    public void printAlone(List<Finding> findings) throws IOException {
        findings.forEach(this::finding);
        out.check();
    }

    /** Findings of the mildest kind, a line each under their common sentence. */
    private void notices(Findings findings) {
        Map<String, List<Finding>> byId = new TreeMap<>();
        findings.findings().stream()
                .filter(f -> f.severity() == Severity.INFO)
                .forEach(f -> byId.computeIfAbsent(f.id() + "  (" + f.certainty().id() + ")", k -> new ArrayList<>())
                        .add(f));
        byId.forEach((kind, some) -> {
            text.println(Terminal.coloured(Severity.INFO, "INFO") + "  " + kind + ": " + some.size()
                    + (some.size() == 1 ? " socket, " : " sockets, the first ") + "because");
            Prose.print(text, "  ", some.getFirst().why());
            List<String[]> rows = some.stream().limit(MOST_OF_A_KIND).map(FindingsText::row).toList();
            TextTable.print(List.of("NETID", "SOCKET", "RECV-Q", "FOR", "OWNER"), rows, c -> c == 2, text);
            if (some.size() > MOST_OF_A_KIND) {
                text.println("and " + (some.size() - MOST_OF_A_KIND) + " more (--format json tells all)");
            }
            text.println();
        });
    }

    private static String[] row(Finding f) {
        Socket s = f.socket().socket();
        return new String[] {
            s.netid(), SocketInWords.ends(f.socket()), Long.toString(s.recvQ().kernelNumber()),
            f.snapshots() + " snapshots",
            SocketInWords.owners(f.socket())
        };
    }

    private void weaknesses(Findings findings) {
        List<DumpReport> weak = findings.dumps().stream()
                .filter(d -> d.verdict() != DumpVerdict.COMPLETE && d.verdict() != DumpVerdict.UNAVAILABLE)
                .toList();
        if (!weak.isEmpty()) {
            text.println(weak.size() + " of " + findings.dumps().size()
                    + " dumps are not complete; what is said below is right, but sockets may be missing:");
            weak.stream().limit(5).forEach(d -> text.println("  snapshot " + d.snapshot() + ", " + d.family() + ": "
                    + d.verdict().id()));
            text.println();
        }
        unseen(findings.coverage());
    }

    /** What could not be seen, where something may be hidden in it. */
    private void unseen(Coverage coverage) {
        List<Unseen> weak = coverage.unseen().stream().map(UnseenRun.Told::last).filter(Unseen::weakens).toList();
        if (!weak.isEmpty()) {
            text.println("What could not be seen (`sockreel info FILE` says what would change it):");
            weak.forEach(u -> Prose.print(text, "  ", Terminal.printable(u.sentence())));
            text.println();
        }
    }

    private void finding(Finding f) {
        Socket s = f.socket().socket();
        String word = f.severity().id().toUpperCase(Locale.ROOT);
        text.println(Terminal.coloured(f.severity(), word) + "  " + f.id() + "  (" + f.certainty().id() + ")");
        text.println("  " + s.netid() + " " + s.state() + "  " + SocketInWords.ends(f.socket()) + "  "
                + SocketInWords.owners(f.socket()));
        Prose.print(text, "  ", f.why());
        text.println("  since " + time(f) + (f.trend() == null ? "" : ", " + f.trend()));
        Prose.print(text, "  next: ", f.next());
        text.println();
    }

    private static String time(Finding f) {
        String since = Rfc3339.of(f.since().realtimeNs());
        String until = Rfc3339.of(f.until().realtimeNs());
        return since == null ? "a time the source does not tell" : since.equals(until) ? since
                : since + " until " + until;
    }

    private void summary(Findings findings) {
        Coverage coverage = findings.coverage();
        if (findings.findings().isEmpty()) {
            text.println("Nothing found in " + coverage.snapshots() + " snapshots.");
        }
        List<String> counts = new ArrayList<>();
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)) {
            long n = findings.findings().stream().filter(f -> f.severity() == severity).count();
            counts.add(n + " " + severity.id());
        }
        text.println(String.join(", ", counts) + " in " + coverage.snapshots() + " snapshots; seen whole: "
                + coverage.families().entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue().complete())
                        .collect(Collectors.joining(", ")));
    }
}
