/** What a report shows, gathered within bounds whatever the size of the captures. */
@NullMarked
package dev.sockreel.report;

import org.jspecify.annotations.NullMarked;
