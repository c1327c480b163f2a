/** Differences between two snapshots of one boot. */
@NullMarked
package dev.sockreel.diff;

import org.jspecify.annotations.NullMarked;
