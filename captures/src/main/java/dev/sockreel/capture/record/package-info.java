/** The records of a capture, one file each: what a recording says about a host, a snapshot, a dump and a datagram. */
@NullMarked
package dev.sockreel.capture.record;

import org.jspecify.annotations.NullMarked;
