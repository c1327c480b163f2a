/** The capture file: records, groups, writer, reader. FORMAT.md in this module draws every byte. */
@NullMarked
package dev.sockreel.capture;

import org.jspecify.annotations.NullMarked;
