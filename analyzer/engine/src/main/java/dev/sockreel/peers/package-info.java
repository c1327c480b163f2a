/** The conversations of one snapshot: which socket is connected to which, and through which listener;
 * which processes talk to which. */
@NullMarked
package dev.sockreel.peers;

import org.jspecify.annotations.NullMarked;
