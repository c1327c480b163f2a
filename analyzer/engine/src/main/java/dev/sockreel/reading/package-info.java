/** Reads a capture as snapshots and judges each dump. */
@NullMarked
package dev.sockreel.reading;

import org.jspecify.annotations.NullMarked;
