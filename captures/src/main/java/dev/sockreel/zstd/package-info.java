/** Zstandard by aircompressor, which is Java alone: nothing is unpacked, and every platform has it. */
@NullMarked
package dev.sockreel.zstd;

import org.jspecify.annotations.NullMarked;
