package dev.sockreel.cli.choosing;

import dev.sockreel.cache.AnswerCache;
import dev.sockreel.cache.CacheKey;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A question whose answer may be kept. That a cache fails is told, and nothing else comes of it. */
public final class CacheEntry {
    public static final CacheEntry NONE = new CacheEntry(null, null, e -> {});

    private final @Nullable AnswerCache cache;
    private final @Nullable CacheKey key;
    private final Consumer<IOException> onFailure;

    public CacheEntry(@Nullable AnswerCache cache, @Nullable CacheKey key, Consumer<IOException> onFailure) {
        this.cache = cache;
        this.key = key;
        this.onFailure = onFailure;
    }

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
