package dev.sockreel.cli.findings;

import dev.sockreel.finding.LastSnapshot;
import dev.sockreel.render.Bytes;
import dev.sockreel.render.Span;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.List;

/** Puts into words what one snapshot shows. */
final class Glimpses {
    private static final int MS = 1_000_000;

    static List<String> of(LastSnapshot last) {
        List<String> out = new ArrayList<>();
        if (last.waiting() > 0) {
            out.add(Counted.of(last.waiting(), "socket") + " with something to receive"
                    + (last.unreadBytes() > 0 ? " (" + Bytes.text(last.unreadBytes()) + " of known length"
                            + (last.oldestMs() > 0 ? ", some for " + Span.text(last.oldestMs() * MS) + " at least" : "")
                            + ")" : ""));
        }
        if (last.closeWait() > 0) {
            out.add(Counted.of(last.closeWait(), "connection") + " in CLOSE-WAIT");
        }
        if (last.unaccepted() > 0) {
            out.add(Counted.of(last.unaccepted(), "connection") + " that nobody has accepted");
        }
        return out;
    }

    private Glimpses() {}
}
