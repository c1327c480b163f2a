/**
 * Chains: snapshots that are predicted from one that is stored as it is, the key. What a snapshot's records are
 * predicted from is the same state in writer and reader.
 */
@NullMarked
package dev.sockreel.capture.chain;

import org.jspecify.annotations.NullMarked;
