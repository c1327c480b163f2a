package dev.sockreel.unseen;

import dev.sockreel.snapshot.Snapshot;
import java.util.List;

/** One kind of gap. Has no state. */
interface UnseenRule {
    /** What this snapshot does not show; empty when nothing of the kind. */
    List<Unseen> of(Snapshot snapshot);
}
