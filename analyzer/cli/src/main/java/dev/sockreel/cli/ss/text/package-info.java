/** The text ss prints for each kind of socket, and the grid that lines it up. */
@NullMarked
package dev.sockreel.cli.ss.text;

import org.jspecify.annotations.NullMarked;
