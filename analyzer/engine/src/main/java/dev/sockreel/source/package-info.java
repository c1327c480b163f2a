/** Imports: what other tools recorded, into a capture. */
@NullMarked
package dev.sockreel.source;

import org.jspecify.annotations.NullMarked;
