package dev.sockreel.unseen;

import dev.sockreel.dump.Fault;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.snapshot.ProcFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Texts of /proc/net that stand in for a dump and are incomplete. */
final class BrokenTextRule implements UnseenRule {
    @Override
    public List<Unseen> of(Circumstances c) {
        List<Unseen> found = new ArrayList<>();
        for (ProcFile text : c.snapshot().procFiles()) {
            if (ProcNet.family(text.path()) == null || !c.snapshot().standsIn(text)) {
                continue;
            }
            // a missing file means a kernel without the protocol
            if (text.errno() != 0 && text.errno() != Errno.ENOENT) {
                found.add(unseen(text, "could not be read (" + Errno.name(text.errno()) + ")"));
            }
            if (!text.faults().isEmpty()) {
                found.add(unseen(text, "is " + text.verdict().id() + " ("
                        + text.faults().stream().map(Fault::why).collect(Collectors.joining("; ")) + ")"));
            }
        }
        return found;
    }

    private static Unseen unseen(ProcFile text, String why) {
        return new Unseen("broken-text", List.of(text.path()), text.path() + " " + why, "sockets in it may be missing",
                Unseen.NOT_KNOWN, "", true);
    }
}
