package dev.sockreel.capture.order;

import java.util.Map;
import java.util.TreeMap;

/** A set of numbers that are mostly consecutive, kept as ranges. */
final class UsedNumbers {
    /** The number of ranges kept, so that a hostile file cannot exhaust the memory. */
    static final int MAX_RANGES = 1 << 16;

    /** First number of each range → its last. */
    private final TreeMap<Integer, Integer> ranges = new TreeMap<>();

    /** Adds a number. Returns false if it was added before. Beyond {@link #MAX_RANGES}, new ranges are forgotten. */
    boolean add(int number) {
        Map.Entry<Integer, Integer> before = ranges.floorEntry(number);
        if (before != null && number <= before.getValue()) {
            return false;
        }
        int first = before != null && before.getValue() == number - 1 ? before.getKey() : number;
        Integer after = number == Integer.MAX_VALUE ? null : ranges.remove(number + 1);
        if (first != number || after != null || ranges.size() < MAX_RANGES) {
            ranges.put(first, after == null ? number : after);
        }
        return true;
    }
}
