package dev.sockreel.unseen;

import java.util.List;

/** Finds one kind of gap. Implementations are stateless. */
interface UnseenRule {
    /** Returns the gaps of this snapshot. */
    List<Unseen> of(Circumstances c);
}
