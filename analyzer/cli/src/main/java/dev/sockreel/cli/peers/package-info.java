/** {@code peers}: who is at the other end. */
@NullMarked
package dev.sockreel.cli.peers;

import org.jspecify.annotations.NullMarked;
