/** The {@code probe} command, which prints what can be captured on this host. */
@NullMarked
package dev.sockreel.recorder.probe;

import org.jspecify.annotations.NullMarked;
