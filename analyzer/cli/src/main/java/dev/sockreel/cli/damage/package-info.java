/** The commands about damaged captures: {@code verify} and {@code recover}. */
@NullMarked
package dev.sockreel.cli.damage;

import org.jspecify.annotations.NullMarked;
