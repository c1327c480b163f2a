package dev.sockreel.cli.choosing;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.snapshot.Snapshot;

/** The numbers and times of the snapshots that were read. */
final class CapturedSpan {
    private int snapshots;
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private long startNs = Long.MAX_VALUE;
    private long endNs = ReceiveTime.UNKNOWN;

    void add(Snapshot s) {
        snapshots++;
        if (s.index() >= 0) {
            first = Math.min(first, s.index());
            last = Math.max(last, s.index());
        }
        add(s.begin());
        if (s.end() != null) {
            add(s.end());
        }
    }

    private void add(ReceiveTime time) {
        if (time.isKnown()) {
            startNs = Math.min(startNs, time.realtimeNs());
            endNs = Math.max(endNs, time.realtimeNs());
        }
    }

    boolean isEmpty() {
        return snapshots == 0;
    }

    /** Returns whether a number is neither below the lowest nor above the highest. */
    boolean includes(int number) {
        return first <= number && number <= last;
    }

    /** Returns whether a time, nanoseconds since 1970, is neither before the first snapshot nor after the last. */
    boolean includes(long timeNs) {
        return startNs <= timeNs && timeNs <= endNs;
    }

    /** Returns {@code snapshots 0 to 4, from 2026-11-22T14:45:15.428948913Z to 2026-11-22T14:45:19.441578304Z}. */
    @Override
    public String toString() {
        String numbers = last < 0
                ? "snapshots without numbers"
                : first == last ? "only snapshot " + first : "snapshots " + first + " to " + last;
        return endNs == ReceiveTime.UNKNOWN
                ? numbers : numbers + ", from " + Rfc3339.of(startNs) + " to " + Rfc3339.of(endNs);
    }
}
