package dev.sockreel.cli.printing;

/** The output format. Text is for people and may change; the others are stable. */
public enum Format {
    TEXT,
    JSON,
    NDJSON,
    CSV
}
