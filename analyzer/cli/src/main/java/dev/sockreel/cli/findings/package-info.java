/** The {@code findings} command: what is wrong. */
@NullMarked
package dev.sockreel.cli.findings;

import org.jspecify.annotations.NullMarked;
