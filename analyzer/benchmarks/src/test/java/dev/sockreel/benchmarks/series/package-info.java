@NullMarked
package dev.sockreel.benchmarks.series;

import org.jspecify.annotations.NullMarked;
