package dev.sockreel.cli.usage;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses the word that was meant by a mistyped one. */
final class Guess {
    /** Letters that must be right for each that may be wrong. */
    private static final int RIGHT_FOR_WRONG = 3;
    private static final int MIN_PREFIX = 3;

    /** Returns the candidate that differs in the fewest letters, or begins with the word; null if none is near. */
    static @Nullable String of(String word, Collection<String> candidates) {
        String typed = word.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Math.max(1, typed.length() / RIGHT_FOR_WRONG) + 1;
        for (String candidate : candidates) {
            String meant = candidate.toLowerCase(Locale.ROOT);
            boolean begun = typed.length() >= MIN_PREFIX && meant.startsWith(typed);
            int distance = begun ? 1 : distance(typed, meant);
            if (distance < bestDistance && distance < meant.length()) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Returns how many letters are added, missing, wrong or swapped with the next. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + other);
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
                d[i][j] = swapped ? Math.min(d[i][j], d[i - 2][j - 2] + 1) : d[i][j];
            }
        }
        return d[a.length()][b.length()];
    }

    private Guess() {}
}
