/** What a capture could not see, why, and what would change it: one list of rules, one sentence a gap. */
@NullMarked
package dev.sockreel.unseen;

import org.jspecify.annotations.NullMarked;
