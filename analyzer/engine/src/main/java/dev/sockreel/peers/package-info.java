/** Who talks with whom, within one snapshot. */
@NullMarked
package dev.sockreel.peers;

import org.jspecify.annotations.NullMarked;
