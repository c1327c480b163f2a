/** Findings: problems of sockets, each with its evidence and its certainty. */
@NullMarked
package dev.sockreel.finding;

import org.jspecify.annotations.NullMarked;
