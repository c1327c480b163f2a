package dev.sockreel.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A map that does not change, and that shares its content with the larger map made of it: adding n entries one after
 * another costs n log n in all, where copies would cost n².
 */
final class LayeredMap<K, V> {
    /** The newest first; each more than twice as large as the one before it. */
    private final List<SequencedMap<K, V>> layers;

    private LayeredMap(List<SequencedMap<K, V>> layers) {
        this.layers = layers;
    }

    static <K, V> LayeredMap<K, V> empty() {
        return new LayeredMap<>(List.of());
    }

    @Nullable
    V get(K key) {
        for (Map<K, V> layer : layers) {
            V value = layer.get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Returns this map with further entries, which replace those of the same keys. */
    LayeredMap<K, V> with(SequencedMap<K, V> newer) {
        if (newer.isEmpty()) {
            return this;
        }
        List<SequencedMap<K, V>> all = new ArrayList<>(layers);
        SequencedMap<K, V> top = newer;
        while (!all.isEmpty() && all.getFirst().size() <= 2 * top.size()) {
            SequencedMap<K, V> joined = new LinkedHashMap<>(all.removeFirst());
            joined.putAll(top);
            top = joined;
        }
        all.addFirst(top);
        return new LayeredMap<>(List.copyOf(all));
    }

    /** Returns a copy, in the order in which the keys were first added. */
    SequencedMap<K, V> copy() {
        SequencedMap<K, V> all = new LinkedHashMap<>();
        layers.reversed().forEach(all::putAll);
        return all;
    }
}
