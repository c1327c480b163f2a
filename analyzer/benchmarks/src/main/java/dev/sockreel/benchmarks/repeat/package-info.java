/** Long captures made of short ones. */
@NullMarked
package dev.sockreel.benchmarks.repeat;

import org.jspecify.annotations.NullMarked;
