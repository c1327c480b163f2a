package dev.sockreel.unseen;

import dev.sockreel.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what the snapshots of one or more captures do not show. */
public final class UnseenRun {
    private record Key(int rule, String id, List<String> families) {}

    /**
     * One gap over all snapshots.
     *
     * @param last      as the last snapshot has it
     * @param snapshots number of snapshots that have it
     */
    public record Total(Unseen last, int snapshots) {}

    private final Map<Key, Total> all = new LinkedHashMap<>();

    public void add(Snapshot snapshot) {
        Circumstances circumstances = new Circumstances(snapshot);
        for (int i = 0; i < UnseenRules.ALL.size(); i++) {
            for (Unseen u : UnseenRules.ALL.get(i).of(circumstances)) {
                Key key = new Key(i, u.id(), u.families());
                Total before = all.get(key);
                all.put(key, new Total(u, before == null ? 1 : before.snapshots() + 1));
            }
        }
    }

    /** Returns the gaps in the order of the rules. */
    public List<Total> totals() {
        List<Total> out = new ArrayList<>();
        for (int i = 0; i < UnseenRules.ALL.size(); i++) {
            int rule = i;
            all.forEach((key, total) -> {
                if (key.rule() == rule) {
                    out.add(total);
                }
            });
        }
        return List.copyOf(out);
    }
}
