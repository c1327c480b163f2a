package dev.sockreel.unseen;

import dev.sockreel.nlmsg.DiagModule;
import dev.sockreel.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Families that were not asked for although there are, or may be, sockets of them. */
final class NotAskedRule implements UnseenRule {
    /** Families that every kernel has; others are reported only where the kernel counted some sockets. */
    private static final List<String> COMMON = List.of("tcp4", "tcp6", "udp4", "udp6", "unix");
    private static final List<String> OTHERS = List.of(
            "udplite4", "udplite6", "raw4", "raw6", "packet", "netlink", "sctp4", "sctp6", "dccp4", "dccp6", "mptcp4",
            "mptcp6", "vsock", "xdp", "tipc", "smc");

    @Override
    public List<Unseen> of(Snapshot snapshot) {
        Circumstances c = new Circumstances(snapshot);
        if (!c.isWhole()) {
            return List.of(); // what is not there may have been asked for
        }
        Map<String, Long> counted = new LinkedHashMap<>();
        List<String> families = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (int netns : snapshot.namespaces().keySet().stream().sorted().toList()) {
            COMMON.forEach(f -> addFamily(f, netns, true, c, counted, families, unknown));
            OTHERS.forEach(f -> addFamily(f, netns, false, c, counted, families, unknown));
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

    private static void addFamily(
            String family, int netns, boolean common, Circumstances c, Map<String, Long> counted, List<String> families,
            List<String> unknown) {
        if (c.hasDumpOf(family, netns) || c.textOf(family, netns) != null) {
            return;
        }
        OptionalLong inUse = c.inUse(family, netns);
        if (inUse.orElse(0) > 0) {
            counted.merge(DiagModule.kind(family), inUse.getAsLong(), Long::sum);
            families.add(family);
        } else if (inUse.isEmpty() && common && !unknown.contains(family)) {
            unknown.add(family);
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
        return c.isImport() ? "record that host with sockreel, which asks for all that are in use"
                : c.wasStopped() ? ""
                : "record without --families, or with --families all";
    }
}
