/**
 * A cache of answers, so that the same question about the same captures is answered at once. It is disposable: every
 * answer can be computed again, and answers that are damaged, foreign or of another version are ignored.
 */
@NullMarked
package dev.sockreel.cache;

import org.jspecify.annotations.NullMarked;
