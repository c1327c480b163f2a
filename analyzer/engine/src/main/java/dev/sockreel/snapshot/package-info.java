/** Snapshots: the sockets of one moment with their owners and identities, and what it means when one is missing. */
@NullMarked
package dev.sockreel.snapshot;

import org.jspecify.annotations.NullMarked;
