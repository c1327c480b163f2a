/** The parts that all imports share: the interface, the input stream and the capture they write. */
@NullMarked
package dev.sockreel.source.sink;

import org.jspecify.annotations.NullMarked;
