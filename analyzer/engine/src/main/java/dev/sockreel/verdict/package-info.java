/** Checks that judge a dump by its own snapshot and by the snapshots before and after. */
@NullMarked
package dev.sockreel.verdict;

import org.jspecify.annotations.NullMarked;
