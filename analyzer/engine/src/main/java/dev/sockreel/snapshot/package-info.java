/** From the records of a capture to dumps with a verdict and snapshots of sockets. */
@NullMarked
package dev.sockreel.snapshot;

import org.jspecify.annotations.NullMarked;
