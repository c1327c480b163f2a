/**
 * Sockets followed over time: a track is one socket through the snapshots, an observation what one snapshot shows of
 * it, a window the consecutive observations that show a problem.
 */
@NullMarked
package dev.sockreel.track;

import org.jspecify.annotations.NullMarked;
