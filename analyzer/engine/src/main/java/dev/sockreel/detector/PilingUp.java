package dev.sockreel.detector;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.render.Span;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of one owner or port that nobody attends to grow in number: in CLOSE-WAIT, never accepted, or with unread
 * data whose read position stands still. Counted are those that show it in two snapshots at least, so that the sockets
 * of a busy process, which come and go, are none.
 */
final class PilingUp {
    static final String ID = "piling-up";

    /** Snapshots in which the number must have grown. */
    private static final int MIN_STEPS = 3;
    private static final int MIN_GROWTH = 3;
    /** Owners and ports that are counted; a host has not that many that pile up. */
    private static final int MAX_PLACES = 10_000;

    private enum Kind {
        CLOSE_WAIT("connections whose other end has closed"),
        UNACCEPTED("connections that nobody accepts"),
        UNREAD("connections whose data nobody reads");

        private final String many;

        Kind(String many) {
            this.many = many;
        }
    }

    /** @param owner pid of the first holder, -1 where none is known */
    private record Place(Kind kind, long netns, int owner, int port) {}

    /** The number of sockets of a place in a snapshot. */
    private record Count(long turn, int snapshot, ReceiveTime time, int sockets) {}

    private static final class Pile {
        private final List<Count> counts = new ArrayList<>();
        private @Nullable Track oldest;
        private int now;

        /** Adds a snapshot; a pile that shrinks begins anew. */
        void step(Count count) {
            if (!counts.isEmpty() && count.sockets() < counts.getLast().sockets()) {
                counts.clear();
            }
            counts.add(count);
        }

        /** Returns the time from the first to the last count, {@link ReceiveTime#UNKNOWN} where there are no times. */
        long durationNs() {
            return counts.getLast().time().nanosSince(counts.getFirst().time());
        }

        int steps() {
            int steps = 0;
            for (int i = 1; i < counts.size(); i++) {
                steps += counts.get(i).sockets() > counts.get(i - 1).sockets() ? 1 : 0;
            }
            return steps;
        }
    }

    private final Map<Place, Pile> piles = new LinkedHashMap<>();

    /**
     * Counts the followed sockets of a snapshot.
     *
     * @param tracks those that the snapshot lists
     */
    void step(List<Track> tracks, long turn, int snapshot, ReceiveTime time) {
        piles.values().forEach(p -> p.now = 0);
        for (Track track : tracks) {
            Place place = place(track);
            Pile pile = place == null || track.lastTurn() != turn ? null : pile(place);
            if (pile != null) {
                pile.now++;
                Track oldest = pile.oldest;
                pile.oldest = oldest == null || oldest.lastTurn() != turn
                        || track.observations().getFirst().turn() < oldest.observations().getFirst().turn()
                                ? track : oldest;
            }
        }
        piles.values().forEach(p -> p.step(new Count(turn, snapshot, time, p.now)));
        piles.values().removeIf(p -> p.now == 0);
    }

    private @Nullable Pile pile(Place place) {
        Pile known = piles.get(place);
        if (known == null && piles.size() < MAX_PLACES) {
            known = new Pile();
            piles.put(place, known);
        }
        return known;
    }

    private static @Nullable Place place(Track track) {
        List<Observation> all = track.observations();
        Observation now = all.getLast();
        if (all.size() < 2) {
            return null;
        }
        Observation before = all.get(all.size() - 2);
        Kind kind = kind(before, now);
        if (kind == null || !(track.last().socket().local() instanceof InetEndpoint local)) {
            return null;
        }
        List<Owner> owners = kind == Kind.UNACCEPTED ? null : now.owners();
        return owners != null && !owners.isEmpty()
                ? new Place(kind, track.last().netns(), owners.getFirst().pid(), 0)
                : new Place(kind, track.last().netns(), -1, local.port());
    }

    private static @Nullable Kind kind(Observation before, Observation now) {
        if (before.isUnaccepted() && now.isUnaccepted()) {
            return Kind.UNACCEPTED;
        }
        if (before.state() == TcpState.CLOSE_WAIT && now.state() == TcpState.CLOSE_WAIT) {
            return Kind.CLOSE_WAIT;
        }
        boolean unread = before.unread() > 0 && now.unread() > 0 && now.position() != Observation.UNKNOWN
                && before.position() == now.position();
        return unread ? Kind.UNREAD : null;
    }

    /** Returns the piles that grew to the end. */
    List<Found> finish(DetectorContext context) {
        List<Found> found = new ArrayList<>();
        piles.forEach((place, pile) -> {
            Track oldest = pile.oldest;
            int grown = pile.counts.getLast().sockets() - pile.counts.getFirst().sockets();
            if (oldest != null && pile.steps() >= MIN_STEPS && grown >= MIN_GROWTH) {
                Window window = oldest.longest(o -> o.turn() >= pile.counts.getFirst().turn());
                if (window.snapshots() > 0 && isLongEnough(pile, context)) {
                    found.add(found(place, pile, oldest, window, context));
                }
            }
        });
        return found;
    }

    private static boolean isLongEnough(Pile pile, DetectorContext context) {
        long ns = pile.durationNs();
        return ns != ReceiveTime.UNKNOWN && context.isLongEnough(pile.counts.size(), ns);
    }

    private static Found found(Place place, Pile pile, Track oldest, Window window, DetectorContext context) {
        List<Count> counts = pile.counts;
        SocketRow row = oldest.last();
        List<SocketRow> listeners = place.kind() == Kind.UNACCEPTED
                ? context.listeners().of(row, window).rows() : List.of();
        Found found = Draft.of(ID, oldest, window)
                .severity(Severity.WARNING)
                .certainty(Certainty.PROVED)
                .trend("growing")
                .listeners(listeners)
                .why("The number of %s %s grew from %d to %d in %s (%s) and never fell.".formatted(
                        place.kind().many,
                        place.owner() >= 0 ? "of this process" : "on port " + place.port(),
                        counts.getFirst().sockets(), counts.getLast().sockets(),
                        Counted.of(counts.size(), "snapshot"),
                        Span.text(pile.durationNs())))
                .next(listeners.size() == 1 ? FindingPhrases.lookAtOwners(listeners.getFirst(), "the listener")
                        : FindingPhrases.lookAtOwners(row, window))
                .found();
        return found.with(found.finding().during(
                counts.getFirst().time(), counts.getLast().time(), counts.size(),
                counts.stream()
                        .map(c -> new Evidence(c.snapshot(), c.time(), Map.of("sockets", (long) c.sockets())))
                        .toList()));
    }
}
