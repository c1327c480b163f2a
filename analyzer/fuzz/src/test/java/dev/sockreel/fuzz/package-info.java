/** What all targets share: seeds from the fixtures, and what must hold of everything that is read, whatever the bytes. */
@NullMarked
package dev.sockreel.fuzz;

import org.jspecify.annotations.NullMarked;
