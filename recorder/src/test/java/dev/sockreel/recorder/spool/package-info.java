@NullMarked
package dev.sockreel.recorder.spool;

import org.jspecify.annotations.NullMarked;
