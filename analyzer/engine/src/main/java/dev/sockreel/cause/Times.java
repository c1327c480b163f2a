package dev.sockreel.cause;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.track.Found;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time of a cause: that of all its findings. The order of the snapshots decides what is earlier, since the realtime
 * clock may have been set and the monotonic clock begins anew with each boot.
 *
 * @param atLeastSince the earliest proved bound, unknown where there is none from before {@code since}
 */
record Times(ReceiveTime since, ReceiveTime until, ReceiveTime atLeastSince) {
    static Times of(List<Found> found) {
        Found first = null;
        Found last = null;
        for (Found f : found) {
            first = f.finding().since().isKnown() && (first == null || beginsBefore(f, first)) ? f : first;
            last = f.finding().until().isKnown() && (last == null || endsAfter(f, last)) ? f : last;
        }
        return new Times(
                first == null ? ReceiveTime.NONE : first.finding().since(),
                last == null ? ReceiveTime.NONE : last.finding().until(),
                first == null ? ReceiveTime.NONE : bound(first, found));
    }

    private static boolean beginsBefore(Found a, Found b) {
        int order = Long.compare(a.window().first().turn(), b.window().first().turn());
        return order < 0 || order == 0 && a.finding().since().isBefore(b.finding().since());
    }

    private static boolean endsAfter(Found a, Found b) {
        int order = Long.compare(a.window().last().turn(), b.window().last().turn());
        return order > 0 || order == 0 && b.finding().until().isBefore(a.finding().until());
    }

    private static ReceiveTime bound(Found first, List<Found> found) {
        ReceiveTime bound = ReceiveTime.NONE;
        for (Found f : found) {
            ReceiveTime own = f.finding().atLeastSince();
            boolean isEarlier = !bound.isKnown() || own.isBefore(bound);
            bound = own.isKnown() && isEarlier && Objects.equals(boot(f), boot(first)) ? own : bound;
        }
        return bound.isBefore(first.finding().since()) ? bound : ReceiveTime.NONE;
    }

    private static @Nullable String boot(Found found) {
        SocketIdentity identity = found.track().last().identity();
        return identity == null ? null : identity.boot();
    }
}
