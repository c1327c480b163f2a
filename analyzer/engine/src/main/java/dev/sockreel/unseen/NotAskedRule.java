package dev.sockreel.unseen;

import static java.util.Comparator.comparingInt;

import dev.sockreel.nlmsg.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Families that were not asked for although there are, or may be, sockets of them. */
final class NotAskedRule implements UnseenRule {
    /** Families that every kernel has come first, then those with a text in /proc/net, then the others. */
    private static final List<Family> FAMILIES =
            Family.all().stream().filter(f -> !f.isPart()).sorted(comparingInt(NotAskedRule::rank)).toList();

    private static int rank(Family family) {
        return isCommon(family) ? 0 : family.text() != null ? 1 : 2;
    }

    /** Every kernel has it; of others only those are reported of which the kernel counted some. */
    private static boolean isCommon(Family family) {
        return family.asked() == Family.Asked.ALWAYS;
    }

    @Override
    public List<Unseen> of(Circumstances c) {
        if (!c.isWhole()) {
            return List.of(); // what is not there may have been asked for
        }
        Map<String, Long> counted = new LinkedHashMap<>();
        List<String> families = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (int netns : c.snapshot().namespaces().keySet().stream().sorted().toList()) {
            for (Family family : FAMILIES) {
                look(family, netns, c, counted, families, unknown);
            }
        }
        List<Unseen> found = new ArrayList<>();
        if (!counted.isEmpty()) {
            long sockets = counted.values().stream().mapToLong(n -> n).sum();
            List<String> each = counted.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList();
            found.add(new Unseen("not-asked", families, why(c),
                    UnseenPhrases.list(each) + (sockets == 1 ? " socket is" : " sockets are") + " not shown", sockets,
                    remedy(c),
                    true));
        }
        if (!unknown.isEmpty()) {
            found.add(new Unseen("not-asked", unknown, why(c), UnseenPhrases.whether(unknown), Unseen.NOT_KNOWN,
                    remedy(c), true));
        }
        return found;
    }

    private static void look(
            Family family, int netns, Circumstances c, Map<String, Long> counted, List<String> families,
            List<String> unknown) {
        String id = family.id();
        if (c.hasDumpOf(id, netns) || c.textOf(id, netns) != null) {
            return;
        }
        OptionalLong inUse = c.inUse(id, netns);
        if (inUse.orElse(0) > 0) {
            counted.merge(family.kind(), inUse.getAsLong(), Long::sum);
            families.add(id);
        } else if (inUse.isEmpty() && isCommon(family) && !unknown.contains(id)) {
            unknown.add(id);
        }
    }

    private static String why(Circumstances c) {
        String asked = c.familiesAskedFor();
        return c.isImport() ? "the source (" + c.importFormat() + ") does not have every family"
                : c.wasStopped() ? "the recording was stopped before every family was asked for"
                : asked != null ? "only some families were asked for (--families " + asked + ")"
                : "not every family was asked for";
    }

    private static String remedy(Circumstances c) {
        return c.isImport() ? "record that host with sockreel, which asks for every family in use"
                : c.wasStopped() ? ""
                : "record without --families, or with --families all";
    }
}
