package dev.sockreel.finding;

import java.util.Locale;

/** How sure a finding is, the surest first. */
public enum Certainty {
    /** The kernel's own counters leave no other reading. */
    PROVED,
    /** The numbers point to it; another cause remains possible. */
    LIKELY,
    /** The kernel has no number that would tell. */
    CANNOT_TELL;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
