/** The sockreel command: one class a command, one renderer a format. */
@NullMarked
package dev.sockreel.cli;

import org.jspecify.annotations.NullMarked;
