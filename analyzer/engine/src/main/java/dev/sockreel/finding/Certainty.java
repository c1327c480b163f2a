package dev.sockreel.finding;

import java.util.Locale;

/** Certainty of a finding, the surest first. */
public enum Certainty {
    /** The kernel's counters allow no other explanation. */
    PROVED,
    /** The numbers point to it; other causes remain possible. */
    LIKELY,
    /** The kernel has no number that would decide it. */
    CANNOT_TELL;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
