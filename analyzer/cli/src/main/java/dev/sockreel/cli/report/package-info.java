/** The {@code report} command: one HTML page. */
@NullMarked
package dev.sockreel.cli.report;

import org.jspecify.annotations.NullMarked;
