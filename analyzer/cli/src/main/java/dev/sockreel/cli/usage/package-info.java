/** One sentence about a wrong command line, which guesses what was meant. */
@NullMarked
package dev.sockreel.cli.usage;

import org.jspecify.annotations.NullMarked;
