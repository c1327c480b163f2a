/** Phrases that the recorder and the analyzer word alike. */
@NullMarked
package dev.sockreel.wording;

import org.jspecify.annotations.NullMarked;
