/** The findings of benchmarks, as tables in a file. */
@NullMarked
package dev.sockreel.benchmarks.results;

import org.jspecify.annotations.NullMarked;
