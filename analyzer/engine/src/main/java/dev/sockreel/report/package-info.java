/** The content of a report, collected within bounds whatever the size of the captures. */
@NullMarked
package dev.sockreel.report;

import org.jspecify.annotations.NullMarked;
