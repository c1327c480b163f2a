package dev.sockreel.cli.report;

import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Finding;
import dev.sockreel.report.ReportData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The causes as the page shows them, the most important first.
 *
 * @param cards     causes shown in full
 * @param lines     causes after them, a line each
 * @param leftOut   number of causes after these
 * @param processes the processes with the most important causes
 */
record CauseViews(
        List<CauseCard> cards, List<Line> lines, int leftOut, List<ProcessCauses> processes, int processesLeftOut) {
    static final int MAX_CARDS = 100;
    static final int MAX_LINES = 500;
    private static final int MAX_PROCESSES = 12;

    record Line(String id, String severity, String what, String sentence) {}

    /**
     * The causes of one process.
     *
     * @param severity the worst severity
     * @param counts   {@code 1 not-accepting, 2 not-reading}
     * @param anchor   id of its first cause
     */
    record ProcessCauses(String process, String severity, String counts, String anchor) {}

    static CauseViews of(ReportData data, PageData pageData) {
        List<Cause> causes = data.findings().causes();
        Map<String, List<Finding>> behind = new LinkedHashMap<>();
        data.findings().findings().forEach(f -> behind.computeIfAbsent(f.cause(), c -> new ArrayList<>()).add(f));
        CauseLinks links = CauseLinks.of(causes);
        FindingViews.Builder findings = new FindingViews.Builder(data, pageData);
        List<CauseCard> cards = new ArrayList<>();
        for (Cause cause : first(causes, MAX_CARDS)) {
            cards.add(CauseCard.of(
                    cause, links, data.states().getOrDefault(cause.id(), List.of()), data.timeline().columns(),
                    data.snapshots(), findings.of(behind.getOrDefault(cause.id(), List.of()))));
        }
        List<Line> lines = first(after(causes, MAX_CARDS), MAX_LINES).stream()
                .map(c -> new Line(c.id(), c.severity().id(), c.what().id(), c.sentence()))
                .toList();
        List<ProcessCauses> processes = byProcess(first(causes, MAX_CARDS));
        return new CauseViews(
                cards, lines, causes.size() - cards.size() - lines.size(), first(processes, MAX_PROCESSES),
                Math.max(0, processes.size() - MAX_PROCESSES));
    }

    static <T extends @Nullable Object> List<T> first(List<T> all, int max) {
        return all.subList(0, Math.min(max, all.size()));
    }

    static <T extends @Nullable Object> List<T> after(List<T> all, int first) {
        return all.subList(Math.min(first, all.size()), all.size());
    }

    /** Returns the processes in the order of their first cause, which is their worst. */
    private static List<ProcessCauses> byProcess(List<Cause> causes) {
        Map<String, List<Cause>> grouped = new LinkedHashMap<>();
        causes.forEach(c -> grouped.computeIfAbsent(CauseCard.process(c), p -> new ArrayList<>()).add(c));
        List<ProcessCauses> processes = new ArrayList<>();
        grouped.forEach((process, own) -> processes.add(new ProcessCauses(
                process, own.getFirst().severity().id(), CauseCounts.byWhat(own), own.getFirst().id())));
        return processes;
    }

    boolean hasLines() {
        return !lines.isEmpty();
    }

    boolean isCut() {
        return leftOut > 0;
    }

    /** Returns whether more than one process has causes, so that choosing one makes a difference. */
    boolean hasProcesses() {
        return processes.size() > 1;
    }

    boolean hasMoreProcesses() {
        return processesLeftOut > 0;
    }
}
