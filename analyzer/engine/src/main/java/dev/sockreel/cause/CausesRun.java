package dev.sockreel.cause;

import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Victim;
import dev.sockreel.track.Found;
import dev.sockreel.track.OtherEnds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The causes of findings, and the findings with their causes.
 *
 * @param causes   the most important first
 * @param findings the worst first
 */
public record CausesRun(List<Cause> causes, List<Finding> findings) {
    /**
     * Finds the causes.
     *
     * @param lastTurn ordinal of the last snapshot of the run
     */
    public static CausesRun of(List<Found> found, OtherEnds otherEnds, long intervalNs, long lastTurn) {
        List<Found> all = Subflows.joined(found);
        List<Group> groups = Grouping.of(all, otherEnds);
        List<List<Victim>> victims = groups.stream().map(g -> Victims.of(g, otherEnds)).toList();
        List<Ranked> ranked = Ranked.of(groups, victims);
        IdentityHashMap<Found, Finding> weighed = new IdentityHashMap<>();
        for (Ranked cause : ranked) {
            for (Group.Member m : cause.group().members()) {
                weighed.put(m.found(), Impact.weighed(
                        m.found(), cause.severity(), otherEnds.of(m.found().track().last().identity()))
                        .withCause(cause.id()));
            }
        }
        List<Found> order = new ArrayList<>(all);
        order.sort(Comparator.comparing((Found f) -> finding(weighed, f).severity()).reversed()
                .thenComparing(f -> finding(weighed, f).certainty())
                .thenComparingLong(f -> f.finding().since().realtimeNs()));
        IdentityHashMap<Found, Integer> places = new IdentityHashMap<>();
        order.forEach(f -> places.put(f, places.size()));
        return new CausesRun(
                ranked.stream().map(r -> new CauseText(r, weighed, places, intervalNs, lastTurn).cause()).toList(),
                order.stream().map(f -> finding(weighed, f)).toList());
    }

    private static Finding finding(IdentityHashMap<Found, Finding> weighed, Found found) {
        return weighed.getOrDefault(found, found.finding());
    }
}
