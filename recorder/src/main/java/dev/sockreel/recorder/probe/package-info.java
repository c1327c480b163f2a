/** The {@code probe} command: what can be captured on this host. */
@NullMarked
package dev.sockreel.recorder.probe;

import org.jspecify.annotations.NullMarked;
