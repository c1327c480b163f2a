/** The {@code peers} command: who is at the other end of a socket, and who talks to whom. */
@NullMarked
package dev.sockreel.cli.peers;

import org.jspecify.annotations.NullMarked;
