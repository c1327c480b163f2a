/** The state of a series: the messages of one request of one namespace as of its last dump, and what a dump changed. */
@NullMarked
package dev.sockreel.series;

import org.jspecify.annotations.NullMarked;
