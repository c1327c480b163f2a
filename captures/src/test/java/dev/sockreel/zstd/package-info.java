@NullMarked
package dev.sockreel.zstd;

import org.jspecify.annotations.NullMarked;
