/**
 * Causes: findings joined to what a person acts on. A small graph over processes: who does not do what, who waits for
 * it, and what it waits for itself.
 */
@NullMarked
package dev.sockreel.cause;

import org.jspecify.annotations.NullMarked;
