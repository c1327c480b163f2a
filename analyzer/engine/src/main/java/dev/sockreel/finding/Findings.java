package dev.sockreel.finding;

import dev.sockreel.dump.Severity;
import java.util.List;

/**
 * All findings of one or more captures.
 *
 * @param findings the worst first
 * @param dumps    all dumps, in the order of the source
 * @param coverage what the captures show at all
 */
public record Findings(List<Finding> findings, List<DumpReport> dumps, Coverage coverage) {
    public Findings {
        findings = List.copyOf(findings);
        dumps = List.copyOf(dumps);
    }

    public boolean has(Severity atLeast) {
        return findings.stream().anyMatch(f -> f.severity().compareTo(atLeast) >= 0);
    }
}
