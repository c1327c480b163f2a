/** Reads a capture into snapshots, each dump judged. */
@NullMarked
package dev.sockreel.reading;

import org.jspecify.annotations.NullMarked;
