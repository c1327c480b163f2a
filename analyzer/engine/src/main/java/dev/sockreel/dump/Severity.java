package dev.sockreel.dump;

import java.util.Locale;

/** Severity of faults and findings, the mildest first. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
