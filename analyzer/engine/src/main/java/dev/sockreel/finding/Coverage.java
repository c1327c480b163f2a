package dev.sockreel.finding;

import dev.sockreel.snapshot.Dump;
import dev.sockreel.snapshot.DumpVerdict;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.unseen.UnseenRun;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Per family, in how many snapshots it could be seen; and what could not be, with its reason. */
public final class Coverage {
    /**
     * @param complete    snapshots with a complete dump of it
     * @param partial     snapshots with a dump that shows some of it
     * @param unavailable snapshots in which nothing of it could be seen
     */
    public record Seen(int complete, int partial, int unavailable) {}

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

    public int snapshots() {
        return snapshots;
    }

    public Map<String, Seen> families() {
        return Collections.unmodifiableMap(families);
    }

    /** What the captures do not show. */
    public List<UnseenRun.Told> unseen() {
        return unseen.told();
    }
}
