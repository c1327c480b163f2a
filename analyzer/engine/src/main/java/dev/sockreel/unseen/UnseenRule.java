package dev.sockreel.unseen;

import dev.sockreel.snapshot.Snapshot;
import java.util.List;

/** Finds one kind of gap. Implementations are stateless. */
interface UnseenRule {
    /** Returns the gaps of this snapshot. */
    List<Unseen> of(Snapshot snapshot);
}
