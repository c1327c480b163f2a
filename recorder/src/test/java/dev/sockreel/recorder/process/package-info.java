@NullMarked
package dev.sockreel.recorder.process;

import org.jspecify.annotations.NullMarked;
