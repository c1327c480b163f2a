package dev.sockreel.cli.report;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts causes and formats the counts. */
final class CauseCounts {
    /** Formats counts as {@code 9 critical, 1 warning}, the worst first, without zeros. */
    static String bySeverity(List<Cause> causes) {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        causes.forEach(c -> counts.merge(c.severity(), 1, Integer::sum));
        return Stream.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)
                .filter(counts::containsKey)
                .map(s -> word(s, counts.getOrDefault(s, 0)))
                .collect(Collectors.joining(", "));
    }

    /** Formats counts as {@code 1 not-accepting, 2 not-reading}, in the order of the causes. */
    static String byWhat(List<Cause> causes) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        causes.forEach(c -> counts.merge(c.what().id(), 1, Integer::sum));
        return counts.entrySet().stream().map(e -> grouped(e.getValue()) + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Formats a number as {@code 99,999}. */
    private static String grouped(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String word(Severity severity, int count) {
        return grouped(count) + switch (severity) {
            case CRITICAL -> " critical";
            case WARNING -> count == 1 ? " warning" : " warnings";
            case INFO -> count == 1 ? " note" : " notes";
        };
    }

    private CauseCounts() {}
}
