package dev.sockreel.cache;

import dev.sockreel.finding.Findings;

/** The answer of {@code findings}. */
public record FindingsAnswer(Findings findings, Shortfalls shortfalls) {}
