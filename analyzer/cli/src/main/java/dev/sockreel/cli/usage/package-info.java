/** What is wrong with a command line, in one sentence that guesses what was meant. */
@NullMarked
package dev.sockreel.cli.usage;

import org.jspecify.annotations.NullMarked;
