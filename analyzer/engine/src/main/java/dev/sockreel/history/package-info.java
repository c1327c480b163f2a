/** Sockets over the snapshots of one or more captures, each with what every snapshot says of it. */
@NullMarked
package dev.sockreel.history;

import org.jspecify.annotations.NullMarked;
