package dev.sockreel.capture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Damages in the order they were met. Of a file that is nothing but damage only the first are kept. */
final class DamageLog {
    /** So that a hostile file cannot fill the memory. */
    static final int MAX_KEPT = 10_000;

    private final Set<Damage> kept = new LinkedHashSet<>();
    private int count;
    private long lostUpTo = -1;

    /** Reading a place again does not count it again. */
    void add(Damage damage) {
        if (damage.kind() == Damage.Kind.LOST) {
            lostUpTo = damage.offset() + damage.bytes();
        }
        if (kept.size() == MAX_KEPT) {
            count += kept.contains(damage) ? 0 : 1;
        } else if (kept.add(damage)) {
            count++;
        }
    }

    /** True when what is missing before {@code offset} was told already. */
    boolean toldLossBefore(long offset) {
        return lostUpTo == offset;
    }

    int count() {
        return count;
    }

    List<Damage> list() {
        return new ArrayList<>(kept);
    }
}
