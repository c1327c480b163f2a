package dev.sockreel.report;

import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.snapshot.Snapshot;
import java.util.function.Predicate;

/**
 * The part of the captures that a report is about.
 *
 * @param snapshots true for those that are read, asked once for each
 * @param namespace whose findings and sockets are shown; all namespaces are analyzed
 */
public record ReportScope(Predicate<Snapshot> snapshots, NamespaceChoice namespace) {
    /** Returns the scope of all that captures hold. */
    public static ReportScope all() {
        return new ReportScope(s -> true, NamespaceChoice.of(null));
    }
}
