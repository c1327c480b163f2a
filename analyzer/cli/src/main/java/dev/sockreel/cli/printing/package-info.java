/** Standard output, tables, progress, exit codes and error messages; shared by all commands. */
@NullMarked
package dev.sockreel.cli.printing;

import org.jspecify.annotations.NullMarked;
