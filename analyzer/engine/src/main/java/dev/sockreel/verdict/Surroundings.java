package dev.sockreel.verdict;

import dev.sockreel.snapshot.DumpCookies;
import dev.sockreel.snapshot.Snapshot;
import java.util.List;

/**
 * What a dump is judged by beside its own bytes.
 *
 * @param before   of the snapshots before, the nearest first; empty for none
 * @param snapshot that holds the dump, with the evidence taken around it
 * @param after    of the snapshots after, the nearest first; empty for none
 */
public record Surroundings(List<List<DumpCookies>> before, Snapshot snapshot, List<List<DumpCookies>> after) {
    List<DumpCookies> before(DumpCookies dump) {
        return comparable(before, dump);
    }

    List<DumpCookies> after(DumpCookies dump) {
        return comparable(after, dump);
    }

    private static List<DumpCookies> comparable(List<List<DumpCookies>> snapshots, DumpCookies dump) {
        return snapshots.stream()
                .flatMap(s -> s.stream().filter(dump::isComparable).findFirst().stream())
                .toList();
    }
}
