package dev.sockreel.cli.report;

import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Victim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links from a cause to the one that it waits for, and back.
 *
 * @param shown   ids of the causes that the page shows
 * @param byId    all causes
 * @param waiting id → the causes that wait for it
 */
record CauseLinks(Set<String> shown, Map<String, Cause> byId, Map<String, List<Cause>> waiting) {
    private static final int MAX_WAITING = 20;

    /**
     * A cause that another one mentions.
     *
     * @param isShown whether the page shows it
     */
    record Link(String id, String sentence, boolean isShown) {}

    static CauseLinks of(List<Cause> causes) {
        Set<String> shown = new HashSet<>();
        CauseViews.first(causes, CauseViews.MAX_CARDS + CauseViews.MAX_LINES).forEach(c -> shown.add(c.id()));
        Map<String, Cause> byId = new HashMap<>();
        Map<String, List<Cause>> waiting = new HashMap<>();
        for (Cause cause : causes) {
            byId.put(cause.id(), cause);
            if (cause.waitsFor() != null && !cause.waitsForItself()) {
                waiting.computeIfAbsent(cause.waitsFor(), c -> new ArrayList<>()).add(cause);
            }
        }
        return new CauseLinks(shown, byId, waiting);
    }

    /** Returns the other cause that this one waits for; null for none. */
    @Nullable
    Link waitsFor(Cause cause) {
        return cause.waitsFor() == null || cause.waitsForItself() ? null
                : link(Objects.requireNonNull(byId.get(cause.waitsFor())));
    }

    /** Returns the causes that wait for this one, the first few. */
    List<Link> waitingFor(Cause cause) {
        return CauseViews.first(waiting.getOrDefault(cause.id(), List.of()), MAX_WAITING).stream()
                .map(this::link)
                .toList();
    }

    /** Returns the processes that are blocked by the causes that wait for this one, but not by this one itself. */
    List<Victim> blockedBehind(Cause cause) {
        return waiting.getOrDefault(cause.id(), List.of()).stream()
                .flatMap(c -> c.victims().stream())
                .filter(v -> v.isBlocked()
                        && cause.victims().stream().noneMatch(w -> w.isBlocked() && w.pid() == v.pid()))
                .toList();
    }

    private Link link(Cause cause) {
        return new Link(cause.id(), cause.sentence(), shown.contains(cause.id()));
    }
}
