/** The {@code ss} command: ss's options, filter and output from a capture. analyzer/cli/SS.md lists the differences. */
@NullMarked
package dev.sockreel.cli.ss;

import org.jspecify.annotations.NullMarked;
