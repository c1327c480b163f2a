package dev.sockreel.source.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of one file that an index lists, as pieces that do not touch. Most indexes list one piece. */
final class ListedBytes {
    /** Limit for pieces. Beyond it the last ones count as one, with the bytes between them. */
    private static final int MAX_PIECES = 10_000;

    /** Bytes in a row that no datagram has. */
    record Gap(long from, long bytes) {}

    /** Begin → end. */
    private final TreeMap<Long, Long> pieces = new TreeMap<>();

    void add(long offset, long length) {
        if (length == 0) {
            return;
        }
        long from = offset;
        long to = offset + length;
        Map.Entry<Long, Long> before = pieces.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        Map.Entry<Long, Long> next = pieces.higherEntry(from);
        while (next != null && next.getKey() <= to) {
            to = Math.max(to, next.getValue());
            pieces.remove(next.getKey());
            next = pieces.higherEntry(from);
        }
        pieces.put(from, to);
        if (pieces.size() > MAX_PIECES) {
            long end = pieces.pollLastEntry().getValue();
            pieces.replace(pieces.lastKey(), end);
        }
    }

    /** Returns what is not listed of a file of this size. */
    List<Gap> gaps(long fileBytes) {
        List<Gap> gaps = new ArrayList<>();
        long at = 0;
        for (Map.Entry<Long, Long> piece : pieces.entrySet()) {
            long to = Math.min(piece.getKey(), fileBytes);
            if (to > at) {
                gaps.add(new Gap(at, to - at));
            }
            at = Math.max(at, piece.getValue());
        }
        if (fileBytes > at) {
            gaps.add(new Gap(at, fileBytes - at));
        }
        return gaps;
    }
}
