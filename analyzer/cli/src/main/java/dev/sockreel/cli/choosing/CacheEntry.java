package dev.sockreel.cli.choosing;

import dev.sockreel.cache.AnswerCache;
import dev.sockreel.cache.CacheKey;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One entry of the answer cache. A failing cache is reported to {@code onFailure} and otherwise ignored. */
public final class CacheEntry {
    /** An entry that is always empty and stores nothing. */
    public static final CacheEntry NONE = new CacheEntry(null, null, e -> {});

    private final @Nullable AnswerCache cache;
    private final @Nullable CacheKey key;
    private final Consumer<IOException> onFailure;

    CacheEntry(@Nullable AnswerCache cache, @Nullable CacheKey key, Consumer<IOException> onFailure) {
        this.cache = cache;
        this.key = key;
        this.onFailure = onFailure;
    }

    /** Returns the stored answer; empty when there is none or the cache cannot be read. */
    public <T> Optional<T> get(Class<T> type) {
        if (cache == null || key == null) {
            return Optional.empty();
        }
        try {
            return cache.get(key, type);
        } catch (IOException e) {
            onFailure.accept(e);
            return Optional.empty();
        }
    }

    /** Stores the answer, if there is a cache. */
    public void put(Object answer) {
        if (cache == null || key == null) {
            return;
        }
        try {
            cache.put(key, answer);
        } catch (IOException e) {
            onFailure.accept(e);
        }
    }
}
