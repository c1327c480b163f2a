/** The capture file: groups, writer, reader, recovery. FORMAT.md in this module describes every byte. */
@NullMarked
package dev.sockreel.capture;

import org.jspecify.annotations.NullMarked;
