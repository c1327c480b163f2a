@NullMarked
package dev.sockreel.recorder.kernel;

import org.jspecify.annotations.NullMarked;
