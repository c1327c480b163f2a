/** {@code findings}: what is wrong. */
@NullMarked
package dev.sockreel.cli.findings;

import org.jspecify.annotations.NullMarked;
