package dev.sockreel.cli.diff;

import dev.sockreel.filter.Filter;
import dev.sockreel.input.Inputs;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words after the first capture, {@code [LATER] FILTER…}, split.
 *
 * @param later  the second capture; null for none
 * @param filter empty for none
 */
record DiffWords(@Nullable Path later, List<String> filter) {
    /** A word that nobody means as a FILTER: it ends as a capture, or is a path without blanks and operators. */
    private static final Pattern LIKE_A_FILE =
            Pattern.compile("(?i).*\\.(reel|pcap|pcapng)|[^\\s=<>!()|&:]*/[^\\s=<>!()|&:]*", Pattern.DOTALL);

    /**
     * Takes the first word as a capture if it names something that exists, or looks like the name of a file.
     *
     * @throws NoSuchFileException      if it only looks like one
     * @throws IllegalArgumentException if a third capture is given
     */
    static DiffWords of(List<String> words) throws NoSuchFileException {
        if (words.isEmpty()) {
            return new DiffWords(null, List.of());
        }
        String first = words.getFirst();
        boolean exists = isCapture(first);
        if (!exists && LIKE_A_FILE.matcher(first).matches()) {
            throw new NoSuchFileException(first);
        }
        List<String> filter = words.subList(exists ? 1 : 0, words.size());
        if (exists && !filter.isEmpty() && isCapture(filter.getFirst())) {
            throw new IllegalArgumentException("diff compares two captures, and " + filter.getFirst() + " is a third");
        }
        return new DiffWords(exists ? Path.of(first) : null, filter);
    }

    /** Returns whether the word names what exists; a folder is none, of which {@code src} may be one by chance. */
    private static boolean isCapture(String word) {
        Path path = Path.of(word);
        return !word.isBlank() && Inputs.exists(path)
                && (!Inputs.isFolder(path) || LIKE_A_FILE.matcher(word).matches());
    }

    /** @throws dev.sockreel.filter.FilterException one sentence and its place */
    Filter parsed(int preferredFamily) {
        return Filter.parse(filter, preferredFamily);
    }

    /** Returns whether the filter speaks of sockets in TIME-WAIT, so that their lines are wanted. */
    boolean namesTimeWait() {
        String text = String.join(" ", filter).toLowerCase(Locale.ROOT);
        return text.contains("time-wait") || text.matches("(?s).*\\bstate\\W+bucket\\b.*");
    }
}
