package dev.sockreel.cause;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.track.Found;
import java.util.List;

/**
 * The time of a cause: that of all its findings.
 *
 * @param atLeastSince the earliest proved bound, unknown where there is none from before {@code since}
 */
record Times(ReceiveTime since, ReceiveTime until, ReceiveTime atLeastSince) {
    static Times of(List<Found> found) {
        ReceiveTime since = ReceiveTime.NONE;
        ReceiveTime until = ReceiveTime.NONE;
        ReceiveTime bound = ReceiveTime.NONE;
        for (Found f : found) {
            since = earlier(since, f.finding().since());
            until = later(until, f.finding().until());
            bound = earlier(bound, f.finding().atLeastSince());
        }
        boolean isBefore = bound.isKnown() && since.isKnown() && bound.realtimeNs() < since.realtimeNs();
        return new Times(since, until, isBefore ? bound : ReceiveTime.NONE);
    }

    private static ReceiveTime earlier(ReceiveTime a, ReceiveTime b) {
        return !a.isKnown() || b.isKnown() && b.realtimeNs() < a.realtimeNs() ? b : a;
    }

    private static ReceiveTime later(ReceiveTime a, ReceiveTime b) {
        return !a.isKnown() || b.isKnown() && b.realtimeNs() > a.realtimeNs() ? b : a;
    }
}
