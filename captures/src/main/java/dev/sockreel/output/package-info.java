/**
 * Files that commands write. They are created here and nowhere else: under a random name that nobody can have prepared,
 * readable by their owner only, and named when there is something to show.
 */
@NullMarked
package dev.sockreel.output;

import org.jspecify.annotations.NullMarked;
