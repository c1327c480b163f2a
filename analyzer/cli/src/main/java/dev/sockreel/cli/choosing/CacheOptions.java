package dev.sockreel.cli.choosing;

import dev.sockreel.cache.AnswerCache;
import dev.sockreel.cache.CacheKey;
import dev.sockreel.cli.printing.Failures;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.input.Inputs;
import dev.sockreel.recorder.help.OptionGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code --cache} and {@code --no-cache} options. The output is the same with and without a cache. */
public final class CacheOptions {
    /** Size below which only {@code --cache} caches captures: reading them is as fast as reading the answer. */
    private static final long MIN_BYTES = 1 << 20;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--cache",
            order = OptionGroup.ORDER_GENERAL,
            paramLabel = "FOLDER",
            description = {
                "Cache results in this folder.",
                "Default: ~/.cache/sockreel, for captures of 1 MiB or more."
            })
    private @Nullable Path folder;

    @Option(names = "--no-cache", order = OptionGroup.ORDER_GENERAL, description = "Do not use the cache.")
    private boolean disabled;

    /**
     * Returns the cache entry for an answer about these files.
     *
     * @param keyWords everything besides the files and the command that the answer depends on
     */
    public CacheEntry entry(List<String> keyWords, List<Path> files) throws IOException {
        Path place = disabled ? null : cacheFolder(files);
        if (place == null) {
            return CacheEntry.NONE;
        }
        List<String> all = new ArrayList<>(List.of(spec.name()));
        all.addAll(keyWords);
        return new CacheEntry(new AnswerCache(place), CacheKey.of(all, files), this::warn);
    }

    /** Warns only when {@code --cache} was given: a home folder that is not writable is not an error. */
    private void warn(IOException e) {
        if (folder != null) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(Terminal.printable("sockreel: cannot use the cache in " + folder + ": "
                    + Failures.sentence(e)));
        }
    }

    /** Returns the folder to cache in, or null for none. A pipe or device is not cached: it can be read only once. */
    private @Nullable Path cacheFolder(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            if (!Inputs.isRegularFile(file)) {
                return null;
            }
            bytes += Files.size(file);
        }
        Path place = folder != null ? folder : bytes >= MIN_BYTES ? defaultFolder() : null;
        return place != null && place.getFileSystem().supportedFileAttributeViews().contains("posix") ? place : null;
    }

    /** Returns the cache folder of the XDG Base Directory Specification, or null when there is no home folder. */
    private static @Nullable Path defaultFolder() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        String home = System.getenv("HOME");
        if (xdg != null && xdg.startsWith("/")) {
            return Path.of(xdg, "sockreel");
        }
        return home != null && home.startsWith("/") ? Path.of(home, ".cache", "sockreel") : null;
    }
}
