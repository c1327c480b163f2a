/** The {@code history} command: one socket over all snapshots. */
@NullMarked
package dev.sockreel.cli.history;

import org.jspecify.annotations.NullMarked;
