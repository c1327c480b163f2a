/** The {@code show} command: the sockets of a snapshot. */
@NullMarked
package dev.sockreel.cli.show;

import org.jspecify.annotations.NullMarked;
