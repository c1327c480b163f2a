package dev.sockreel.verdict;

import dev.sockreel.snapshot.DumpCookies;
import dev.sockreel.snapshot.Snapshot;
import java.util.List;

/**
 * The evidence around a snapshot that its dumps are judged by.
 *
 * @param before   the dumps of each earlier snapshot, the nearest first
 * @param snapshot the snapshot to judge, with the evidence taken around its dumps
 * @param after    the dumps of each later snapshot, the nearest first
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
