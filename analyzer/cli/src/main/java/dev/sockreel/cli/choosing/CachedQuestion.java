package dev.sockreel.cli.choosing;

import dev.sockreel.cache.AnswerCache;
import dev.sockreel.cache.CacheKey;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A question whose answer may be kept. That a cache fails is told, and nothing else comes of it. */
public final class CachedQuestion {
    public static final CachedQuestion NOT_KEPT = new CachedQuestion(null, null, e -> {});

    private final @Nullable AnswerCache cache;
    private final @Nullable CacheKey key;
    private final Consumer<IOException> failed;

    public CachedQuestion(@Nullable AnswerCache cache, @Nullable CacheKey key, Consumer<IOException> failed) {
        this.cache = cache;
        this.key = key;
        this.failed = failed;
    }

    public <T> Optional<T> kept(Class<T> type) {
        if (cache == null || key == null) {
            return Optional.empty();
        }
        try {
            return cache.get(key, type);
        } catch (IOException e) {
            failed.accept(e);
            return Optional.empty();
        }
    }

    public void keep(Object answer) {
        if (cache == null || key == null) {
            return;
        }
        try {
            cache.put(key, answer);
        } catch (IOException e) {
            failed.accept(e);
        }
    }
}
