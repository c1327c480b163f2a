package dev.sockreel.netns;

import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Limits the findings about whole captures to one namespace. All namespaces are analyzed, since a reader in one may
 * block a sender in another. A cause is shown whole or not at all: if one of its sockets or of its victims' sockets is
 * in the namespace, or if a cause waits for it that is shown. Its id and weight are those of the whole analysis.
 */
public final class FindingsOfNamespace {
    public static Findings of(Findings all, NamespaceChoice chosen) {
        if (!chosen.isGiven()) {
            return all;
        }
        Set<String> shown = new HashSet<>();
        for (Cause cause : all.causes()) {
            boolean own = cause.findings().stream().anyMatch(i -> isIn(all.findings().get(i), chosen));
            boolean suffers = cause.victims().stream()
                    .anyMatch(v -> v.netns() != 0 && chosen.takes(v.netns()));
            if (own || suffers) {
                shown.add(cause.id());
            }
        }
        addRoots(all.causes(), shown);
        return limited(all, shown);
    }

    private static boolean isIn(Finding finding, NamespaceChoice chosen) {
        return chosen.takes(finding.socket().netns(), finding.socket().netnsName());
    }

    /** Adds what the shown causes wait for. */
    private static void addRoots(List<Cause> causes, Set<String> shown) {
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Cause cause : causes) {
                if (shown.contains(cause.id()) && cause.waitsFor() != null) {
                    grown |= shown.add(cause.waitsFor());
                }
            }
        }
    }

    private static Findings limited(Findings all, Set<String> shown) {
        Set<Integer> kept = new TreeSet<>();
        all.causes().stream().filter(c -> shown.contains(c.id())).forEach(c -> kept.addAll(c.findings()));
        Map<Integer, Integer> places = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (int i : kept) {
            places.put(i, findings.size());
            findings.add(all.findings().get(i));
        }
        List<Cause> causes = all.causes().stream()
                .filter(c -> shown.contains(c.id()))
                .map(c -> c.withFindings(c.findings().stream().map(i -> places.getOrDefault(i, -1)).toList()))
                .toList();
        return new Findings(causes, findings, all.dumps(), all.coverage(), all.last());
    }

    private FindingsOfNamespace() {}
}
