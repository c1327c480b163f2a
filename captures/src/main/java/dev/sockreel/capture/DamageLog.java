package dev.sockreel.capture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The damage of one file in the order it was found, bounded in number. */
final class DamageLog {
    /** The number kept, so that a hostile file cannot exhaust the memory. */
    static final int MAX_KEPT = 10_000;

    private final List<Damage> kept = new ArrayList<>();
    private final List<Damage> view = Collections.unmodifiableList(kept);
    private final Set<Damage> known = new HashSet<>();
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
        if (!known.contains(damage)) {
            if (kept.size() < MAX_KEPT) {
                known.add(damage);
                kept.add(damage);
            }
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

    /** Returns a view of the damage that is kept: it only grows, at its end. */
    List<Damage> kept() {
        return view;
    }
}
