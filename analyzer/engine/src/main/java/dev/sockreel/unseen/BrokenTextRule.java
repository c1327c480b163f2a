package dev.sockreel.unseen;

import dev.sockreel.nlmsg.Errno;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.List;

/** Texts of /proc/net that stand in for a dump and are incomplete. */
final class BrokenTextRule implements UnseenRule {
    @Override
    public List<Unseen> of(Snapshot snapshot) {
        List<Unseen> found = new ArrayList<>();
        for (ProcFile text : snapshot.procFiles()) {
            if (ProcNet.family(text.path()) != null && snapshot.standsIn(text)) {
                String why = why(text, snapshot);
                if (!why.isEmpty()) {
                    found.add(new Unseen("broken-text", List.of(text.path()), why, "sockets in it may be missing",
                            Unseen.NOT_KNOWN, "", true));
                }
            }
        }
        return found;
    }

    private static String why(ProcFile text, Snapshot snapshot) {
        if (text.errno() != 0) {
            // a missing file means a kernel without the protocol
            return text.errno() == Errno.ENOENT ? ""
                    : text.path() + " could not be read (" + Errno.name(text.errno()) + ")";
        }
        if (!text.whole()) {
            return "the end of " + text.path() + " is not in the capture";
        }
        int lines = ProcNet.parse(
                text.path(), text.text(), snapshot.header().orderOrLittleEndian(), s -> {});
        return lines == 0 ? ""
                : Counted.of(lines, "line of " + text.path() + " is not a row, or is cut off",
                        "lines of " + text.path() + " are not rows, or are cut off");
    }
}
