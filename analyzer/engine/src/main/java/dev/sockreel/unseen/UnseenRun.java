package dev.sockreel.unseen;

import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketSum;
import java.util.ArrayList;
import java.util.HashMap;
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

    /** What a rule found in the last snapshot in which it was asked. */
    private record Known(Object basis, List<Unseen> gaps) {}

    private final Map<Key, Total> all = new LinkedHashMap<>();
    private final Map<Integer, Known> known = new HashMap<>();
    private final SocketSum unowned = new SocketSum();

    public void add(Snapshot snapshot) {
        Circumstances circumstances = new Circumstances(snapshot, unowned);
        for (int i = 0; i < UnseenRules.ALL.size(); i++) {
            for (Unseen u : gaps(i, circumstances)) {
                Key key = new Key(i, u.id(), u.families());
                Total before = all.get(key);
                all.put(key, new Total(u, before == null ? 1 : before.snapshots() + 1));
            }
        }
    }

    private List<Unseen> gaps(int rule, Circumstances c) {
        Object basis = UnseenRules.ALL.get(rule).basis(c);
        Known before = known.get(rule);
        if (basis != null && before != null && basis.equals(before.basis())) {
            return before.gaps();
        }
        List<Unseen> gaps = UnseenRules.ALL.get(rule).of(c);
        if (basis != null) {
            known.put(rule, new Known(basis, gaps));
        }
        return gaps;
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
