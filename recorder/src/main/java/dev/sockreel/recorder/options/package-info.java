/** The options of a recording, the parsing of times and sizes, and the exception of a recording that fails. */
@NullMarked
package dev.sockreel.recorder.options;

import org.jspecify.annotations.NullMarked;
