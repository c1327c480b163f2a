/** The common part of all targets: seeds from the fixtures, and checks that hold for any input. */
@NullMarked
package dev.sockreel.fuzz;

import org.jspecify.annotations.NullMarked;
