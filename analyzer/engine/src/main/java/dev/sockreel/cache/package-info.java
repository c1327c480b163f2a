/**
 * Answers that took long, kept so that the same question about the same captures is answered at once. Disposable: what
 * is here can always be worked out again, and what is damaged, foreign or of another version is ignored.
 */
@NullMarked
package dev.sockreel.cache;

import org.jspecify.annotations.NullMarked;
