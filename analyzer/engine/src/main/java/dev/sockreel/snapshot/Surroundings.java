package dev.sockreel.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What a dump is judged by beside its own bytes.
 *
 * @param before   of the snapshot before; empty for none
 * @param snapshot that holds the dump, with the evidence taken around it
 * @param after    of the snapshot after; empty for none
 */
record Surroundings(List<Listing> before, Snapshot snapshot, List<Listing> after) {
    Optional<Listing> before(Listing dump) {
        return before.stream().filter(dump::isComparable).findFirst();
    }

    Optional<Listing> after(Listing dump) {
        return after.stream().filter(dump::isComparable).findFirst();
    }
}
