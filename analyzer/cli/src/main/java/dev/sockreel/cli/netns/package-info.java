/** The option that chooses a network namespace. */
@NullMarked
package dev.sockreel.cli.netns;

import org.jspecify.annotations.NullMarked;
