/** The records of a capture, one class each: header, host, namespace, snapshot, dump, datagram and so on. */
@NullMarked
package dev.sockreel.capture.record;

import org.jspecify.annotations.NullMarked;
