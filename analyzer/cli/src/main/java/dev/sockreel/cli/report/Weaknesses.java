package dev.sockreel.cli.report;

import dev.sockreel.finding.Coverage;
import dev.sockreel.unseen.UnseenRun;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with the source, a sentence each.
 *
 * @param incomplete dumps that are not complete
 * @param damage     of the files, and what a recovered one has lost
 */
public record Weaknesses(List<String> incomplete, List<String> damage) {
    public Weaknesses {
        incomplete = List.copyOf(incomplete);
        damage = List.copyOf(damage);
    }

    /** All by which something that is wrong may be missing from the findings, or they are less sure; the worst first. */
    List<String> weakening(Coverage coverage) {
        List<String> all = new ArrayList<>(damage);
        coverage.unseen().stream().filter(t -> t.last().weakens()).forEach(t -> all.add(told(t, coverage)));
        all.addAll(incomplete);
        return all;
    }

    List<String> all(Coverage coverage) {
        List<String> all = new ArrayList<>(damage);
        all.addAll(incomplete);
        coverage.unseen().forEach(t -> all.add(told(t, coverage)));
        return all;
    }

    private static String told(UnseenRun.Total told, Coverage coverage) {
        return told.last().advice() + (told.snapshots() == coverage.snapshots() ? ""
                : " (In %d of %d snapshots.)".formatted(told.snapshots(), coverage.snapshots()));
    }
}
