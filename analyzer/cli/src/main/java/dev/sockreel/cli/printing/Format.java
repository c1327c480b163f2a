package dev.sockreel.cli.printing;

/** Of what is printed. Text is for people, the others are stable. */
public enum Format {
    TEXT, JSON, NDJSON, CSV
}
