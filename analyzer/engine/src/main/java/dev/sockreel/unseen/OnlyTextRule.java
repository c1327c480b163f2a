package dev.sockreel.unseen;

import dev.sockreel.procnet.ProcNet;
import dev.sockreel.snapshot.ProcFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Families that the source holds only as text of /proc/net, because sock_diag was not asked. */
final class OnlyTextRule implements UnseenRule {
    private static final class Shown {
        final Set<String> families = new TreeSet<>();
        long sockets;
    }

    @Override
    public List<Unseen> of(Circumstances c) {
        Map<String, Shown> byLack = new LinkedHashMap<>();
        for (ProcFile text : c.snapshot().procFiles()) {
            String family = ProcNet.family(text.path());
            if (text.errno() == 0 && family != null && !family.isEmpty() && !c.hasDumpOf(family, text.netns())) {
                long rows = c.rows(text);
                if (rows > 0) {
                    Shown shown = byLack.computeIfAbsent(UnseenPhrases.lackOf(family), k -> new Shown());
                    shown.families.add(family);
                    shown.sockets += rows;
                }
            }
        }
        if (byLack.isEmpty()) {
            return List.of();
        }
        List<String> families = new ArrayList<>();
        List<String> lacks = new ArrayList<>();
        byLack.forEach((lack, shown) -> {
            families.addAll(shown.families);
            lacks.add(UnseenPhrases.unknown(lack, shown.sockets,
                    UnseenPhrases.list(UnseenPhrases.kinds(shown.families))));
        });
        return List.of(new Unseen(
                "from-proc", families, "the source has only the text of /proc/net", String.join("; ", lacks),
                byLack.values().stream().mapToLong(s -> s.sockets).sum(),
                "record that host with sockreel, which asks sock_diag", true));
    }
}
