@NullMarked
package dev.sockreel.benchmarks.repeat;

import org.jspecify.annotations.NullMarked;
