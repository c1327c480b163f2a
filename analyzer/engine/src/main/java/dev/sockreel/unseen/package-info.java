/** Gaps of a capture: what it does not show, why, and what would change it. Each rule writes one sentence per gap. */
@NullMarked
package dev.sockreel.unseen;

import org.jspecify.annotations.NullMarked;
