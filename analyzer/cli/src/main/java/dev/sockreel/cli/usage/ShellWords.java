package dev.sockreel.cli.usage;

import dev.sockreel.wording.PrintableName;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words as a shell takes them back. */
public final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:@%+,=-]+");

    /** Returns the word, in quotes if a shell would read it otherwise; bytes that do not print as {@code $'\x0a'}. */
    public static String quoted(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        return word.codePoints().allMatch(PrintableName::isPrintable) ? "'" + word.replace("'", "'\\''") + "'"
                : "$'" + PrintableName.of(word).replace("'", "\\'") + "'";
    }

    /** Returns the words with a blank between two. */
    public static String joined(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private ShellWords() {}
}
