/** The commands about files: {@code info}, {@code import}, {@code export}. */
@NullMarked
package dev.sockreel.cli.files;

import org.jspecify.annotations.NullMarked;
