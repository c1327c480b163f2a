/** Benchmarks that record sockets of their own making and set sockreel beside the kernel, zstd and ss. */
@NullMarked
package dev.sockreel.benchmarks.series;

import org.jspecify.annotations.NullMarked;
