package dev.sockreel.snapshot;

import java.util.List;

/**
 * What a dump is judged by beside its own bytes.
 *
 * @param before   of the snapshots before, the nearest first; empty for none
 * @param snapshot that holds the dump, with the evidence taken around it
 * @param after    of the snapshots after, the nearest first; empty for none
 */
record Surroundings(List<List<Listing>> before, Snapshot snapshot, List<List<Listing>> after) {
    List<Listing> before(Listing dump) {
        return comparable(before, dump);
    }

    List<Listing> after(Listing dump) {
        return comparable(after, dump);
    }

    private static List<Listing> comparable(List<List<Listing>> snapshots, Listing dump) {
        return snapshots.stream()
                .flatMap(s -> s.stream().filter(dump::isComparable).findFirst().stream())
                .toList();
    }
}
