/** The conversations of one snapshot: which socket is connected to which, and through which listener. */
@NullMarked
package dev.sockreel.peers;

import org.jspecify.annotations.NullMarked;
