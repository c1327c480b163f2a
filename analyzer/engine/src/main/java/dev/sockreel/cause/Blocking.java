package dev.sockreel.cause;

import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a process hangs at the other end of a socket that nobody attends to: a thread of it was seen in send,
 * write or connect on that connection, or in recv for the answer to its unread data, while nothing moved through the
 * window. If threads were not recorded, a send queue decides that is full and does not move.
 */
final class Blocking {
    /** @return null: not known */
    static @Nullable Boolean of(Track victim, Found main) {
        List<Observation> seen = victim.during(main.window());
        if (seen.isEmpty()) {
            return null;
        }
        if (main.moves() || seen.getLast().inode() == 0) {
            return false; // an orphan has no process
        }
        List<Observation> known = seen.stream().filter(o -> o.calls().isTelling()).toList();
        return known.isEmpty() ? byQueue(seen) : byCalls(known, seen);
    }

    private static @Nullable Boolean byCalls(List<Observation> known, List<Observation> seen) {
        long hanging = snapshots(known.stream()
                .filter(o -> o.calls().sending() || o.calls().dialing() || o.calls().reading()));
        if (2 * hanging >= snapshots(known.stream()) && hanging > 0) {
            return true;
        }
        if (hanging > 0 || known.stream().anyMatch(o -> o.calls().polling())) {
            return null;
        }
        return Boolean.TRUE.equals(byQueue(seen)) ? null : Boolean.FALSE;
    }

    /** Returns the number of snapshots: an observation may stand for many that are alike. */
    private static long snapshots(Stream<Observation> all) {
        return all.mapToLong(Observation::standsFor).sum();
    }

    /** Returns whether threads were seen to hang, not only a queue that stands still. */
    static boolean isSeen(Track victim, Found main) {
        return Boolean.TRUE.equals(of(victim, main))
                && victim.during(main.window()).stream().anyMatch(o -> o.calls().isTelling());
    }

    private static @Nullable Boolean byQueue(List<Observation> seen) {
        Observation first = seen.getFirst();
        boolean still = seen.stream().allMatch(o -> Boolean.TRUE.equals(o.sendBufferFull())
                && o.tcp().acked() == first.tcp().acked()
                && (first.tcp().acked() != Observation.UNKNOWN || o.sendQ().equals(first.sendQ())));
        return still ? Boolean.TRUE : null;
    }

    private Blocking() {}
}
