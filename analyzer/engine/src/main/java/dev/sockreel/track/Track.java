package dev.sockreel.track;

import dev.sockreel.snapshot.Absence;
import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** One followed socket over consecutive snapshots. */
public final class Track {
    private final List<Observation> observations = new ArrayList<>();
    private final WindowEnds ends = new WindowEnds();
    private final boolean listedBefore;
    private SocketRow last;
    private Observation newest;
    private long lastTurn;
    private boolean gap;
    private int doubtful;

    /**
     * Starts a track.
     *
     * @param turn         ordinal of the snapshot in the run; snapshots of two captures may have equal indexes
     * @param listedBefore whether the snapshot before listed the socket, although nothing about it was worth following
     */
    public Track(SocketRow row, long turn, boolean listedBefore) {
        this.listedBefore = listedBefore;
        last = row.hold();
        lastTurn = turn;
        newest = Observation.of(last, turn);
        observations.add(newest);
    }

    public void add(SocketRow row, long turn) {
        SocketRow before = last;
        last = row.hold();
        lastTurn = turn;
        doubtful = 0;
        Observation now = Observation.of(last, turn);
        ends.step(newest, now, before);
        newest = now;
        int size = observations.size();
        boolean third = size >= 2
                && observations.get(size - 1).sameAs(now)
                && observations.get(size - 2).sameAs(now);
        if (third) {
            observations.set(size - 1, now.standingFor(observations.get(size - 1).standsFor() + 1));
        } else {
            observations.add(now);
        }
    }

    /**
     * Adds a snapshot that does not list the socket.
     *
     * @return whether the socket is gone, so that the track ends
     */
    public boolean missed(Absence absence) {
        doubtful = absence == Absence.DOUBTFUL ? doubtful + 1 : 0;
        boolean gone = absence == Absence.GONE || doubtful >= Absence.DOUBTFUL_IN_A_ROW;
        gap |= !gone;
        return gone;
    }

    /** Returns whether the snapshot before the first observation listed the socket too. */
    public boolean wasListedBefore() {
        return listedBefore;
    }

    /** Returns whether any snapshot in between could not show the socket. */
    public boolean hasGap() {
        return gap;
    }

    /** Returns the socket as the last snapshot that lists it shows it. */
    public SocketRow last() {
        return last;
    }

    /** Returns the socket as of the end of a window of this track; the last row where that one was not kept. */
    public SocketRow rowAt(Window window) {
        if (window.last().turn() == lastTurn) {
            return last;
        }
        SocketRow kept = ends.at(window.last());
        return kept == null ? last : kept;
    }

    /** Returns the ordinal of the last snapshot that lists it. */
    public long lastTurn() {
        return lastTurn;
    }

    public List<Observation> observations() {
        return observations;
    }

    /** Returns the observations from the first to the last snapshot of a window of another track. */
    public List<Observation> during(Window window) {
        return observations.stream()
                .filter(o -> o.turn() >= window.first().turn() && o.turn() - o.standsFor() < window.last().turn())
                .toList();
    }

    /** Returns the longest run of observations that all match. */
    public Window longest(Predicate<Observation> fits) {
        return longest(fits, (before, now) -> true);
    }

    /** Returns the longest run of matching observations that all have the same value. */
    public Window longestWithSame(Predicate<Observation> fits, ToLongFunction<Observation> value) {
        return longest(fits, (before, now) -> value.applyAsLong(before) == value.applyAsLong(now));
    }

    /** Returns the longest run of matching observations whose unread bytes never fall. */
    public Window longestRising(Predicate<Observation> fits) {
        return longest(fits, (before, now) -> now.unread() >= before.unread());
    }

    /**
     * Returns the longest run of matching observations.
     *
     * @param goesOn whether an observation may follow the one before it in a run
     */
    private Window longest(Predicate<Observation> fits, BiPredicate<Observation, Observation> goesOn) {
        Window best = Window.EMPTY;
        int from = 0;
        for (int i = 0; i <= observations.size(); i++) {
            boolean in = i < observations.size() && fits.test(observations.get(i));
            if (!in || i > from && !goesOn.test(observations.get(i - 1), observations.get(i))) {
                Window run = new Window(observations.subList(from, Math.max(from, i)));
                best = run.snapshots() > best.snapshots() ? run : best;
                from = in ? i : i + 1;
            }
        }
        return best;
    }

    /**
     * Returns the read position at an observation: the lowest of its own and all later ones, since a single one may be
     * too high.
     */
    public long lowestPosition(Observation at) {
        long lowest = Long.MAX_VALUE;
        for (Observation o : observations.subList(observations.indexOf(at), observations.size())) {
            lowest = o.position() == Observation.UNKNOWN ? lowest : Math.min(lowest, o.position());
        }
        return lowest;
    }
}
