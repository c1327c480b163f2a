/** The {@code probe} command: what can be captured here. */
@NullMarked
package dev.sockreel.cli.probe;

import org.jspecify.annotations.NullMarked;
