package dev.sockreel.cli.report;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Finding;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts findings and formats the counts. */
final class FindingCounts {
    /** Formats counts as {@code 9 critical, 1 warning}, the worst first, without zeros. */
    static String of(Map<Severity, Integer> counts) {
        return Stream.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)
                .filter(counts::containsKey)
                .map(s -> word(s, counts.getOrDefault(s, 0)))
                .collect(Collectors.joining(", "));
    }

    static Map<Severity, Integer> bySeverity(List<Finding> findings) {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        findings.forEach(f -> counts.merge(f.severity(), 1, Integer::sum));
        return counts;
    }

    /** Formats counts as {@code 1 accept-queue-full, 9 unread-stuck}, in the order of the findings. */
    static String byId(List<Finding> findings) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        findings.forEach(f -> counts.merge(f.id(), 1, Integer::sum));
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

    private FindingCounts() {}
}
