package dev.sockreel.detector;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.finding.Thresholds;
import java.util.List;

/** Consecutive observations of one socket. */
record Window(List<Observation> observations) {
    static final Window EMPTY = new Window(List.of());

    Window {
        observations = List.copyOf(observations);
    }

    int snapshots() {
        return observations.stream().mapToInt(Observation::standsFor).sum();
    }

    Observation first() {
        return observations.getFirst();
    }

    Observation last() {
        return observations.getLast();
    }

    /**
     * Returns whether the window is long enough to be reported. Where the source has no times, only the number of
     * snapshots counts.
     */
    boolean reaches(Thresholds t) {
        if (snapshots() < t.minSnapshots()) {
            return false;
        }
        ReceiveTime from = first().time();
        ReceiveTime to = last().time();
        return !from.isKnown() || !to.isKnown() || to.realtimeNs() - from.realtimeNs() >= t.minTime().toNanos();
    }

    /**
     * Returns the trend of the receive queue's number, whatever it means; it has one meaning for all observations of a
     * socket.
     */
    Trend trend() {
        boolean grew = false;
        boolean fell = false;
        for (int i = 1; i < observations.size(); i++) {
            long step = observations.get(i).recvQ().kernelNumber() - observations.get(i - 1).recvQ().kernelNumber();
            grew |= step > 0;
            fell |= step < 0;
        }
        return fell ? Trend.FALLING : grew ? Trend.GROWING : Trend.CONSTANT;
    }

    enum Trend {
        CONSTANT("constant"),
        /** Never falls, and grew. */
        GROWING("growing"),
        /** Fell at least once. */
        FALLING("falling");

        private final String id;

        Trend(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }
}
