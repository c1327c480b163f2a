package dev.sockreel.finding;

import dev.sockreel.dump.Severity;
import java.util.List;

/**
 * All findings of one or more captures.
 *
 * @param causes   what people act on, the most important first
 * @param findings the worst first
 * @param dumps    all dumps, in the order of the source
 * @param coverage what the captures show at all
 * @param last     what the last snapshot shows by itself
 */
public record Findings(
        List<Cause> causes, List<Finding> findings, List<DumpReport> dumps, Coverage coverage, LastSnapshot last) {
    public Findings {
        causes = List.copyOf(causes);
        findings = List.copyOf(findings);
        dumps = List.copyOf(dumps);
    }

    /** Returns whether a cause is at least this severe. */
    public boolean has(Severity atLeast) {
        return causes.stream().anyMatch(f -> f.severity().compareTo(atLeast) >= 0);
    }
}
