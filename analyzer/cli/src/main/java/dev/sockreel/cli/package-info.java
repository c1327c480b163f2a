/** The {@code sockreel} command line; each command has a package of its own. */
@NullMarked
package dev.sockreel.cli;

import org.jspecify.annotations.NullMarked;
