package dev.sockreel.cause;

import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.OtherEnds;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The processes that must act on a finding.
 *
 * @param owners of the socket in question; empty: nobody holds it, null: not known
 * @param row    the socket in question: the finding's own, its listener, or the other end; null when it is elsewhere
 * @param proved false when it may be another process: one of several listeners
 */
record Responsible(@Nullable List<Owner> owners, @Nullable SocketRow row, boolean proved) {
    static final Responsible ELSEWHERE = new Responsible(null, null, true);

    static Responsible of(Found found, OtherEnds otherEnds) {
        Found root = found.root();
        if (root != null) {
            return of(root, otherEnds);
        }
        return switch (found.finding().id()) {
            case "send-stalled" -> found.isHeldBack() ? nobody(found) : otherEnd(found, otherEnds);
            case "unix-peer-stuck" -> ELSEWHERE;
            case "never-accepted", "accept-queue-full", "accept-queue-waiting", "connect-hangs" -> listener(found);
            case "piling-up" -> found.listeners().isEmpty() ? own(found) : listener(found);
            default -> own(found);
        };
    }

    private static Responsible nobody(Found found) {
        return new Responsible(List.of(), found.finding().socket(), true);
    }

    private static Responsible own(Found found) {
        return new Responsible(holders(found.track(), found.window()), found.finding().socket(), true);
    }

    private static Responsible otherEnd(Found found, OtherEnds otherEnds) {
        List<Track> ends = otherEnds.of(found.track().last().identity());
        return ends.isEmpty() ? ELSEWHERE
                : new Responsible(holders(ends.getFirst(), found.window()), ends.getFirst().last(), true);
    }

    /**
     * Returns who held a socket last in a window, with the threads, which a finding leaves out.
     *
     * @return empty: a look-up found nobody; null: not known, or it had no inode, so that its process was gone
     */
    private static @Nullable List<Owner> holders(Track track, Window window) {
        List<Owner> last = null;
        boolean nobody = false;
        for (Observation o : track.during(window)) {
            List<Owner> owners = o.owners();
            last = owners == null || owners.isEmpty() ? last : owners;
            nobody |= owners != null && owners.isEmpty() && o.inode() > 0;
        }
        return last != null ? last : nobody ? List.of() : null;
    }

    /** Several listeners of one process are as good as one. */
    private static Responsible listener(Found found) {
        List<SocketRow> rows = found.listeners();
        if (rows.isEmpty()) {
            return ELSEWHERE;
        }
        SocketRow first = rows.getFirst();
        if (rows.size() == 1) {
            return new Responsible(first.owners(), first, true);
        }
        Set<Integer> pids = pids(first.owners());
        boolean sameProcesses = !pids.isEmpty() && rows.stream().allMatch(r -> pids(r.owners()).equals(pids));
        return new Responsible(sameProcesses ? first.owners() : null, first, sameProcesses);
    }

    Set<Integer> pids() {
        return pids(owners);
    }

    private static Set<Integer> pids(@Nullable List<Owner> owners) {
        return owners == null ? Set.of() : owners.stream().map(Owner::pid).collect(Collectors.toSet());
    }
}
