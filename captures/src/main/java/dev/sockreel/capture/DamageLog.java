package dev.sockreel.capture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The damage of one file in the order it was found, bounded in number. */
final class DamageLog {
    /** The number kept, so that a hostile file cannot exhaust the memory. */
    static final int MAX_KEPT = 10_000;

    private final Set<Damage> kept = new LinkedHashSet<>();
    private Consumer<Damage> listener = damage -> {};
    private int count;
    private long lostUpTo = -1;

    /** Sets the listener that receives each new damage from now on, whether it is kept or not. */
    void onDamage(Consumer<Damage> listener) {
        this.listener = listener;
    }

    /** Adds a damage, unless it was added before. */
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

    /** Returns true when the loss that ends at {@code offset} was already reported. */
    boolean reportedLossBefore(long offset) {
        return lostUpTo == offset;
    }

    int count() {
        return count;
    }

    List<Damage> list() {
        return new ArrayList<>(kept);
    }
}
