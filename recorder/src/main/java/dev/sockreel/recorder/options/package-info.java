/** Choices of whoever records: intervals, sizes, whose sockets, and the sentence when it cannot be done. */
@NullMarked
package dev.sockreel.recorder.options;

import org.jspecify.annotations.NullMarked;
