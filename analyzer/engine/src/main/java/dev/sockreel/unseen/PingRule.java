package dev.sockreel.unseen;

import dev.sockreel.nlmsg.PingText;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.wording.Counted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ping sockets, for which no kernel has a handler. */
final class PingRule implements UnseenRule {
    private static final List<String> FAMILIES = PingText.ALL.stream().map(PingText::name).toList();

    @Override
    public List<Unseen> of(Circumstances c) {
        // a table that was read before and after the dumps: take the later text
        Map<String, ProcFile> texts = new LinkedHashMap<>();
        for (ProcFile f : c.snapshot().procFiles()) {
            if (f.errno() == 0 && "".equals(ProcNet.family(f.path()))) {
                texts.put(f.netns() + " " + f.path(), f);
            }
        }
        long shown = texts.values().stream().mapToLong(c::rows).sum();
        if (shown > 0) {
            return List.of(new Unseen("no-handler", FAMILIES,
                    "sock_diag has no handler for ping sockets, so only the text"
                            + " of /proc/net shows them",
                    UnseenPhrases.unknown(PingText.LACKS, shown, "ping"), shown, "", false));
        }
        long counted = texts.isEmpty()
                ? c.snapshot().namespaces().keySet().stream().mapToLong(n -> c.pingsInUse(n).orElse(0)).sum() : 0;
        return counted == 0 ? List.of() : List.of(new Unseen(
                "no-handler", FAMILIES,
                "sock_diag has no handler for ping sockets, and the text of /proc/net/icmp is not"
                        + " in the capture",
                Counted.of(counted, "ping socket is", "ping sockets are") + " not shown", counted, "",
                false));
    }
}
