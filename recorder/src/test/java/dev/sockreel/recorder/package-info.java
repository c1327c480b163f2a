/** Tests of the recorder; most of them against the live kernel. */
@NullMarked
package dev.sockreel.recorder;

import org.jspecify.annotations.NullMarked;
