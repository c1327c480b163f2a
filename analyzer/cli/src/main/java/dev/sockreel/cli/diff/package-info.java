/** The {@code diff} command: what changed between two snapshots. */
@NullMarked
package dev.sockreel.cli.diff;

import org.jspecify.annotations.NullMarked;
