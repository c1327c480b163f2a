package dev.sockreel.unseen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds one kind of gap. Implementations are stateless. */
interface UnseenRule {
    /** Returns the gaps of this snapshot. */
    List<Unseen> of(Circumstances c);

    /**
     * Returns what the gaps depend on, where that seldom changes: snapshots with equal ones have the same gaps. Null
     * where each snapshot is to be asked.
     */
    default @Nullable Object basis(Circumstances c) {
        return null;
    }
}
