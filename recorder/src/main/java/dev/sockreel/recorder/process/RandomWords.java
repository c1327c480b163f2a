package dev.sockreel.recorder.process;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds words that look random, as keys and tokens do: 32 and more hex digits; 24 and more characters of base64 (also
 * base64url, base32) that mix letters and digits in no order that names have; tokens with a well-known prefix.
 *
 * <p>Paths of files stay, UUIDs with dashes too, and hex named as an id or a hash (container ids, git commits). A bare
 * git hash is masked, because a key of 160 bits looks the same.
 */
final class RandomWords {
    static final int MIN_HEX_DIGITS = 32;
    static final int MIN_BASE64_CHARS = 24;

    private static final int MAX_NAME_CHARS = 64;

    /** The shortest part between dashes and slashes; those of UUIDs and pods' names are shorter. */
    private static final int MIN_PIECE_CHARS = 16;

    /**
     * The least share of changes between kinds of character (upper case to lower case is none, as in names). Random
     * base64 has 0.45 on average, a camel-case name 0.25.
     */
    private static final double MIN_CHANGES = 0.3;

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+/_-]{" + MIN_BASE64_CHARS + ",}=*");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{" + MIN_HEX_DIGITS + ",}");
    private static final Pattern KNOWN =
            Pattern.compile("\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|sk-|[rs]k_live_"
                    + "|AKIA|ASIA|AIza|hf_|npm_|pypi-|dckr_pat_|hv[sb]\\.)[A-Za-z0-9_-]{16,}");
    private static final Pattern BEFORE_DIGEST = Pattern.compile("(?:sha\\d{1,3}|md5|blake2b)[:-]$");
    private static final Pattern NAMED_ID = Pattern.compile(
            "(?:id|sha\\d{0,3}|commit|rev|revision|ref|digest|hash|checksum|bundle|build|version)$");

    /** Returns the text with such words replaced. */
    static String mask(String text, String name) {
        String in = KNOWN.matcher(text).replaceAll(SecretWords.MASK);
        StringBuilder out = new StringBuilder();
        Matcher run = RUN.matcher(in);
        int at = 0;
        while (run.find()) {
            if (isRandom(in, run.start(), run.group(), name)) {
                out.append(in, at, run.start()).append(SecretWords.MASK);
                at = run.end();
            }
        }
        return out.append(in, at, in.length()).toString();
    }

    /** Returns whether there is a random word in a text. */
    static boolean mayHold(String text) {
        for (String piece : text.split("/", -1)) {
            if (!mask(piece, "").equals(piece)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRandom(String text, int at, String run, String option) {
        if (run.startsWith("/")) {
            return false;
        }
        Matcher hex = HEX.matcher(run);
        if (hex.find()) {
            return hasDigitAndLetter(hex.group()) && !isNamedId(text, at, option);
        }
        return hasDigitAndLetter(run) && longestPiece(run) >= MIN_PIECE_CHARS
                && changes(run) >= MIN_CHANGES * run.length();
    }

    private static boolean isNamedId(String text, int at, String option) {
        String before = text.substring(Math.max(0, at - MAX_NAME_CHARS), at);
        if (BEFORE_DIGEST.matcher(before).find()) {
            return true;
        }
        String name = before.endsWith("=") || before.endsWith(":")
                ? before.substring(0, before.length() - 1) : before.isEmpty() ? option : "";
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMED_ID.matcher(lower).find() && !lower.contains("session");
    }

    private static boolean hasDigitAndLetter(String word) {
        return word.chars().anyMatch(Character::isDigit) && word.chars().anyMatch(Character::isLetter);
    }

    private static int longestPiece(String run) {
        int longest = 0;
        for (String piece : run.split("[+/_=-]", -1)) {
            longest = Math.max(longest, piece.length());
        }
        return longest;
    }

    /** Returns how often the kind of character changes; a separator counts once. */
    private static int changes(String run) {
        int changes = 0;
        for (int i = 1; i < run.length(); i++) {
            char before = kind(run.charAt(i - 1));
            char here = kind(run.charAt(i));
            boolean capitalized = before == 'A' && here == 'a';
            changes += before != here && before != '-' && !capitalized ? 1 : 0;
        }
        return changes;
    }

    private static char kind(char c) {
        if (c >= 'a' && c <= 'z') {
            return 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return 'A';
        }
        return c >= '0' && c <= '9' ? '0' : '-';
    }

    private RandomWords() {}
}
