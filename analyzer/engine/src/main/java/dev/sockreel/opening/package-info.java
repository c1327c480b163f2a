/** The inputs of a command: compressed files, pipes and standard input as bytes that can be read at any place. */
@NullMarked
package dev.sockreel.opening;

import org.jspecify.annotations.NullMarked;
