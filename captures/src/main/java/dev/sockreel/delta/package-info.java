/** Numbers in columns, in which a snapshot is written down as what is not as predicted from the one before. */
@NullMarked
package dev.sockreel.delta;

import org.jspecify.annotations.NullMarked;
