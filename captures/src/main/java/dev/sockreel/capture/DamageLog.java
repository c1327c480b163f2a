package dev.sockreel.capture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Damages in the order they were met. Of a file that is nothing but damage only the first are kept. */
final class DamageLog {
    /** So that a hostile file cannot fill the memory. */
    static final int MAX_KEPT = 10_000;

    private final Set<Damage> kept = new LinkedHashSet<>();
    private Consumer<Damage> listener = damage -> {};
    private int count;
    private long lostUpTo = -1;

    /** Takes each new one from now on, also those that are not kept. */
    void tell(Consumer<Damage> listener) {
        this.listener = listener;
    }

    /** Reading a place again does not count it again. */
    void add(Damage damage) {
        if (damage.kind() == Damage.Kind.LOST) {
            lostUpTo = damage.offset() + damage.bytes();
        }
        boolean isNew = kept.size() < MAX_KEPT ? kept.add(damage) : !kept.contains(damage);
        if (isNew) {
            count++;
            listener.accept(damage);
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
