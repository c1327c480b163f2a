package dev.sockreel.cli.printing;

import dev.sockreel.finding.Coverage;
import dev.sockreel.unseen.UnseenRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences about what is wrong with the captures of a report.
 *
 * @param incomplete incomplete dumps
 * @param damage     damage of the files, and losses of recovered ones
 */
public record Caveats(List<String> incomplete, List<String> damage) {
    public Caveats {
        incomplete = List.copyOf(incomplete);
        damage = List.copyOf(damage);
    }

    /** Returns what may hide findings or make them less certain, the worst first. */
    public List<String> weakening(Coverage coverage) {
        List<String> all = new ArrayList<>(damage);
        coverage.unseen().stream().filter(t -> t.last().weakens()).forEach(t -> all.add(sentence(t, coverage)));
        all.addAll(incomplete);
        return all;
    }

    /** Returns everything that is wrong or could not be seen. */
    public List<String> all(Coverage coverage) {
        List<String> all = new ArrayList<>(damage);
        all.addAll(incomplete);
        coverage.unseen().forEach(t -> all.add(sentence(t, coverage)));
        return all;
    }

    private static String sentence(UnseenRun.Total run, Coverage coverage) {
        return run.last().advice() + (run.snapshots() == coverage.snapshots() ? ""
                : " (%d of %d snapshots)".formatted(run.snapshots(), coverage.snapshots()));
    }
}
