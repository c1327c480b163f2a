/** Measurements that anyone can repeat. Results are ratios within one run, because machines are noisy. */
@NullMarked
package dev.sockreel.benchmarks;

import org.jspecify.annotations.NullMarked;
