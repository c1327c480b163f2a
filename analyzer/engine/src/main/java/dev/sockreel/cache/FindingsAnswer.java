package dev.sockreel.cache;

import dev.sockreel.finding.Findings;

/** What {@code findings} says of captures. */
public record FindingsAnswer(Findings findings, Shortfalls shortfalls) {}
