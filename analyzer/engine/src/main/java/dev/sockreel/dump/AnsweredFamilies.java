package dev.sockreel.dump;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The families for which the kernel answered, by namespace. */
public final class AnsweredFamilies {
    /** Marks a dump of the old request, which lists both families of inet. */
    private static final String BOTH = "*";

    private final Map<Integer, Set<String>> byNetns = new HashMap<>();

    public AnsweredFamilies(Collection<Dump> dumps) {
        for (Dump d : dumps) {
            if (d.verdict() != DumpVerdict.UNAVAILABLE && d.verdict() != DumpVerdict.FAILED) {
                DumpRequest r = d.request();
                Set<String> here = byNetns.computeIfAbsent(d.begin().netns(), n -> new HashSet<>());
                here.add(r.kind() + " " + r.family());
                if (r.familyId().equals("tcp")) {
                    here.add(r.kind() + " " + BOTH);
                }
            }
        }
    }

    /** Returns whether a dump in this namespace lists what the request asks for, whole or in part. */
    public boolean has(int netns, DumpRequest asked) {
        Set<String> here = byNetns.getOrDefault(netns, Set.of());
        return here.contains(asked.kind() + " " + asked.family())
                || (asked.family() != Family.AF_UNIX && here.contains(asked.kind() + " " + BOTH));
    }
}
