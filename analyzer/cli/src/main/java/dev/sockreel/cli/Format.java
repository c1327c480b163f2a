package dev.sockreel.cli;

/** Of what is printed. Text is for people, the others are stable. */
enum Format {
    TEXT, JSON, NDJSON, CSV
}
