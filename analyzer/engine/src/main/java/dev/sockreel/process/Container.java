package dev.sockreel.process;

import org.jspecify.annotations.Nullable;

/**
 * A container, as the path of a control group names it.
 *
 * @param id      the full id, for most runtimes 64 hex digits; a name for lxc and systemd-nspawn
 * @param runtime docker, containerd, cri-o, podman, lxc, systemd-nspawn, …; null where the path does not show it
 */
public record Container(String id, @Nullable String runtime) {
    private static final int SHORT_DIGITS = 12;

    /** Returns the id in the short form in which people write it: the first 12 of many hex digits, or the name. */
    public String shortId() {
        boolean hex = id.length() > SHORT_DIGITS && id.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return hex ? id.substring(0, SHORT_DIGITS) : id;
    }
}
