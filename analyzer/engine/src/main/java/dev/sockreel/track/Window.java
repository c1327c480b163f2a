package dev.sockreel.track;

import dev.sockreel.capture.record.ReceiveTime;
import java.util.List;
import java.util.function.Predicate;

/** Consecutive observations of one socket. */
public record Window(List<Observation> observations) {
    static final Window EMPTY = new Window(List.of());

    public Window {
        observations = List.copyOf(observations);
    }

    public int snapshots() {
        return observations.stream().mapToInt(Observation::standsFor).sum();
    }

    public Observation first() {
        return observations.getFirst();
    }

    public Observation last() {
        return observations.getLast();
    }

    /** Returns the time from the first to the last observation, ns; -1 when it is not known. */
    public long durationNs() {
        long ns = last().time().nanosSince(first().time());
        return ns == ReceiveTime.UNKNOWN ? -1 : ns;
    }

    /**
     * Returns the trend of the receive queue's number, whatever it means; it has one meaning for all observations of a
     * socket.
     */
    public Trend trend() {
        boolean grew = false;
        boolean fell = false;
        for (int i = 1; i < observations.size(); i++) {
            long step = observations.get(i).recvQ().kernelNumber() - observations.get(i - 1).recvQ().kernelNumber();
            grew |= step > 0;
            fell |= step < 0;
        }
        return fell ? Trend.FALLING : grew ? Trend.GROWING : Trend.CONSTANT;
    }

    /** Returns the observations that match, as a window of its own. */
    public Window where(Predicate<Observation> fits) {
        return new Window(observations.stream().filter(fits).toList());
    }

    /** Returns whether a snapshot with this ordinal lies in the window. */
    public boolean covers(long turn) {
        return first().turn() <= turn && turn <= last().turn();
    }

    /** The course of a queue's number. */
    public enum Trend {
        CONSTANT("constant"),
        /** Never falls, and grew. */
        GROWING("growing"),
        /** Fell at least once. */
        FALLING("falling");

        private final String id;

        Trend(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }
}
