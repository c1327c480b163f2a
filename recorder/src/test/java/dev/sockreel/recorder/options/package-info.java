@NullMarked
package dev.sockreel.recorder.options;

import org.jspecify.annotations.NullMarked;
