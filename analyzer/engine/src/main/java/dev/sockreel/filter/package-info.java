/** FILTER, ss's language of states and expressions, made a predicate on rows: see FILTER.md. */
@NullMarked
package dev.sockreel.filter;

import org.jspecify.annotations.NullMarked;
