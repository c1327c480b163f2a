/** ss's output, options and tables, printed from a recording; analyzer/cli/SS.md says where it differs. */
@NullMarked
package dev.sockreel.cli.ss;

import org.jspecify.annotations.NullMarked;
