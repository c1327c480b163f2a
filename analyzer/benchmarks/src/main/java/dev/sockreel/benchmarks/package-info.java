/** Measurements anyone can repeat. Only ratios from one run are printed as results: machines are noisy. */
@NullMarked
package dev.sockreel.benchmarks;

import org.jspecify.annotations.NullMarked;
