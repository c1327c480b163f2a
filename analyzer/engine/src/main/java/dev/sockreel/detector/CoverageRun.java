package dev.sockreel.detector;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.finding.Coverage.Seen;
import dev.sockreel.finding.Coverage;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.unseen.UnseenRun;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts for each family how many snapshots show it. */
final class CoverageRun {
    private final Map<String, Seen> families = new LinkedHashMap<>();
    private final UnseenRun unseen = new UnseenRun();
    private int snapshots;

    void add(Snapshot snapshot) {
        snapshots++;
        unseen.add(snapshot);
        Map<String, DumpVerdict> best = new LinkedHashMap<>();
        for (Dump dump : snapshot.dumps()) {
            best.merge(dump.family(), dump.verdict(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
        }
        best.forEach((family, verdict) -> {
            Seen seen = families.getOrDefault(family, new Seen(0, 0, 0));
            families.put(family, switch (verdict) {
                case COMPLETE -> new Seen(seen.complete() + 1, seen.partial(), seen.unavailable());
                case UNAVAILABLE, FAILED -> new Seen(seen.complete(), seen.partial(), seen.unavailable() + 1);
                default -> new Seen(seen.complete(), seen.partial() + 1, seen.unavailable());
            });
        });
    }

    Coverage finish() {
        return new Coverage(snapshots, families, unseen.totals());
    }
}
