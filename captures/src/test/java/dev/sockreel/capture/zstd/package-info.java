@NullMarked
package dev.sockreel.capture.zstd;

import org.jspecify.annotations.NullMarked;
