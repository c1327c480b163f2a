package dev.sockreel.snapshot;

import dev.sockreel.dump.DumpVerdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * The sockets that were listed in the snapshot of a look-up although it found no holder of them, to distinguish them
 * from those that appeared later.
 *
 * @param inodes theirs, sorted
 * @param scopes the dumps of that snapshot by the inode of their namespace
 */
record ListedThen(long[] inodes, Map<Long, List<DumpScope>> scopes) {
    static final ListedThen NOTHING = new ListedThen(new long[0], Map.of());

    static ListedThen in(Snapshot snapshot, LongPredicate isHeld) {
        LongStream.Builder inodes = LongStream.builder();
        new SnapshotSockets(snapshot).forEach(row -> {
            long inode = row.socket().inode();
            if (inode > 0 && !isHeld.test(inode)) {
                inodes.add(inode);
            }
        });
        return new ListedThen(
                inodes.build().sorted().distinct().toArray(),
                DumpScope.byNetns(snapshot));
    }

    boolean has(long inode) {
        return Arrays.binarySearch(inodes, inode) >= 0;
    }

    /** Returns whether a complete dump of that snapshot would have listed the socket of a later one. */
    boolean wouldHave(SocketRow row) {
        return scopes.getOrDefault(row.netns(), List.of()).stream()
                .anyMatch(s -> s.verdict() == DumpVerdict.COMPLETE && s.covers(row));
    }
}
