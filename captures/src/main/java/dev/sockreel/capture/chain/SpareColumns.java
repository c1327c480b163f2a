package dev.sockreel.capture.chain;

import dev.sockreel.delta.ColumnWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Empty columns for the next block. They are used again and again, since making them anew is what a small snapshot
 * would allocate most for. Not thread-safe.
 */
public final class SpareColumns {
    private final Deque<ColumnWriter> spare = new ArrayDeque<>();

    ColumnWriter take() {
        return spare.isEmpty() ? new ColumnWriter() : spare.pop();
    }

    /** @param empty columns that nobody else uses */
    void give(ColumnWriter empty) {
        spare.push(empty);
    }
}
