package dev.sockreel.campaign.trial;

import java.util.Locale;

/**
 * Something that a command must not do.
 *
 * @param promise the broken promise in a few words; the same for all findings of one sort
 * @param command the command line
 * @param detail  what it did instead
 */
public record Finding(String promise, String command, String detail) {
    private static final int MAX_SIGN = 100;

    /** Returns what findings of one cause have in common: promise, command and the detail without its numbers. */
    public String sign() {
        String name = command.strip().split(" ", 2)[0];
        String words = detail.lines().findFirst().orElse("")
                .replaceAll("/[^ :]+", "PATH").replaceAll("0x[0-9a-f]+|[0-9]+", "N");
        return promise + " | " + name + " | " + (words.length() > MAX_SIGN ? words.substring(0, MAX_SIGN) : words);
    }

    /** Returns a folder name for {@link #sign}. */
    public String slug() {
        String words = promise.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return words + "-" + Integer.toHexString(sign().hashCode());
    }
}
