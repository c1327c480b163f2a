package dev.sockreel.cli.findings;

import dev.sockreel.cli.printing.Prose;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Coverage;
import dev.sockreel.finding.DumpReport;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.LastSnapshot;
import dev.sockreel.unseen.Unseen;
import dev.sockreel.unseen.UnseenRun;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints causes as text, the most important first: after what the capture does not show, a block for each that is
 * critical or a warning, and a line for each other. With {@code --sockets} the single findings follow.
 */
public final class FindingsText implements FindingsPrinter {
    /** Causes printed in full; of the rest each has a line. */
    private static final int MAX_BLOCKS = 20;
    /** Id of what cannot be seen of a source without times. */
    private static final String NO_TIMES = "no-times";
    /** Id of network namespaces of the host that were not recorded. */
    private static final String NAMESPACES = "namespaces";

    private final Stdout out;
    private final PrintWriter text;
    private final boolean sockets;
    private final ShownTimes times;
    private final @Nullable String netns;

    /** @param sockets whether the single findings are listed too */
    public FindingsText(Stdout out, boolean sockets) {
        this(out, sockets, ShownTimes.UTC, null);
    }

    /**
     * @param sockets whether the single findings are listed too
     * @param times   how times are shown
     * @param netns   word for the only namespace that findings concern; null for all
     */
    FindingsText(Stdout out, boolean sockets, ShownTimes times, @Nullable String netns) {
        this.netns = netns;
        this.times = times;
        this.out = out;
        this.text = out.text();
        this.sockets = sockets;
    }

    @Override
    public void print(Findings findings) throws IOException {
        caveats(findings);
        printCauses(findings.causes());
        if (sockets) {
            new SocketFindingsText(text, times).print(findings.findings());
        }
        summary(findings);
        out.check();
    }

    /** Prints these causes without a summary. */
    public void printCauses(List<Cause> causes) throws IOException {
        int blocks = 0;
        boolean lines = false;
        for (Cause cause : causes) {
            if (cause.severity() != Severity.INFO && blocks < MAX_BLOCKS) {
                blocks++;
                block(cause, causes);
            } else {
                lines = true;
                text.println(Terminal.coloured(cause.severity(), word(cause)) + "  " + cause.id() + "  "
                        + CauseBlock.line(cause, word(cause).length() + cause.id().length() + 4));
            }
        }
        if (lines) {
            text.println();
        }
        out.check();
    }

    private void block(Cause cause, List<Cause> all) {
        text.println(Terminal.coloured(cause.severity(), word(cause)) + "  " + cause.id() + "  " + cause.what().id()
                + "  (" + cause.certainty().id() + ")"
                + (cause.netnsName() == null || cause.netnsName().isEmpty() ? ""
                        : "  in namespace " + Terminal.printable(cause.netnsName())));
        CauseBlock.of(cause, all, times).forEach(text::println);
        text.println();
    }

    private static String word(Cause cause) {
        return cause.severity().id().toUpperCase(Locale.ROOT);
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
            weak.forEach(u -> Prose.print(text, "  ", Terminal.sentence(u.sentence())));
            text.println();
        }
    }

    private void summary(Findings findings) {
        Coverage coverage = findings.coverage();
        String snapshots = Counted.of(coverage.snapshots(), "snapshot");
        if (findings.last().isTooFew() && coverage.snapshots() > 0) {
            tooFew(findings.last());
        } else if (findings.findings().isEmpty()
                && coverage.unseen().stream().anyMatch(u -> u.last().id().equals(NO_TIMES))) {
            Prose.print(text, "",
                    "This says little: the source has no times, so no window is known to be long enough"
                            + " (--min-time). The last snapshot shows " + shown(findings.last()) + ".");
        } else if (findings.findings().isEmpty() && coverage.snapshots() > 0) {
            boolean elsewhere = coverage.unseen().stream().anyMatch(u -> u.last().id().equals(NAMESPACES));
            text.println("Nothing found in " + snapshots + (netns != null ? " that concerns " + namespace() + "."
                    : elsewhere ? " of the recorded network namespaces." : "."));
        }
        List<String> counts = new ArrayList<>();
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)) {
            long n = findings.causes().stream().filter(c -> c.severity() == severity).count();
            counts.add(n + " " + severity.id());
        }
        String complete = coverage.families().entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue().complete())
                .collect(Collectors.joining(", "));
        String singly = findings.findings().isEmpty() ? ""
                : " (" + Counted.of(findings.findings().size(), "finding")
                        + (sockets ? ")" : "; --sockets lists them)");
        Prose.print(text, "", String.join(", ", counts) + " in " + snapshots + singly
                + (netns == null ? "" : " that concern " + namespace()) + "; "
                + (complete.isEmpty() ? "no dumps" : "complete dumps: " + complete));
    }

    private String namespace() {
        return "network namespace " + Terminal.printable(String.valueOf(netns));
    }

    /** A recording without a window cannot say that all is well. */
    private void tooFew(LastSnapshot last) {
        Prose.print(text, "", "This says little: a finding needs " + last.needed()
                + " snapshots in a row, and there " + (last.snapshots() == 1 ? "is 1" : "are " + last.snapshots())
                + ". The last one shows " + shown(last) + ".");
    }

    private static String shown(LastSnapshot last) {
        return last.waiting() + last.closeWait() + last.unaccepted() == 0
                ? "nothing that waits" : String.join(", ", Glimpses.of(last));
    }
}
