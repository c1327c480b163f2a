package dev.sockreel.detector;

import dev.sockreel.dump.Dump;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The place in the walk over a snapshot's sockets: later rows have higher ones. */
final class WalkPlace {
    private final Map<Integer, Integer> ordinals = new HashMap<>();
    private @Nullable Dump dump;
    private int ordinal;
    private int index;

    void begin() {
        ordinals.clear();
        dump = null;
        ordinal = 0;
        index = 0;
    }

    /** @param to null for rows that are not of one dump alone */
    void moveTo(@Nullable Dump to, int row) {
        if (to != dump) {
            dump = to;
            ordinal = to == null ? ordinals.size() : ordinals.computeIfAbsent(to.begin().dump(), d -> ordinals.size());
        }
        index = row;
    }

    long place() {
        return (long) ordinal << 32 | index;
    }

    /** Returns the place of a row that the walk may have passed over. */
    long of(Dump other, int row) {
        return (long) ordinals.getOrDefault(other.begin().dump(), ordinals.size()) << 32 | row;
    }
}
