/** Which rows of a snapshot are looked at: those in which something happened, and those that are watched. */
@NullMarked
package dev.sockreel.rows;

import org.jspecify.annotations.NullMarked;
