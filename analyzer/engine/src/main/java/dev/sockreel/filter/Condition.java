package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketRow;
import java.util.List;

/** A part of an expression. */
@FunctionalInterface
interface Condition {
    Truth of(SocketRow row);

    default Condition negated() {
        return row -> of(row).not();
    }

    /** {@code or} or {@code and} with what stands before it. */
    record Link(boolean or, Condition condition) {}

    /**
     * As ss reads it: from left to right, {@code or} and {@code and} alike, so {@code a or b and c} is
     * {@code (a or b) and c}. A loop, so that long filters need no deep stack.
     */
    record Chain(Condition first, List<Link> links) implements Condition {
        @Override
        public Truth of(SocketRow row) {
            Truth truth = first.of(row);
            for (Link link : links) {
                if (truth != (link.or() ? Truth.TRUE : Truth.FALSE)) {
                    Truth next = link.condition().of(row);
                    truth = link.or() ? truth.or(next) : truth.and(next);
                }
            }
            return truth;
        }
    }
}
