package dev.sockreel.cli.netns;

import dev.sockreel.netns.NamespaceChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code -N} option. */
public final class NamespaceOption {
    @Option(
            names = {"-N", "--net"},
            paramLabel = "NAMESPACE",
            description = "Only this network namespace: its name, its path as recorded, its inode, or host for the"
                    + " recorder's own.")
    private @Nullable String word;

    /** Returns a choice that has seen no snapshot yet. */
    public NamespaceChoice choice() {
        return NamespaceChoice.of(word);
    }

    public boolean isGiven() {
        return word != null;
    }

    /** Returns the option as words for a cache key; none without it. */
    public List<String> keyWords() {
        return word == null ? List.of() : List.of("net " + word);
    }
}
