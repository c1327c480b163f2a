package dev.sockreel.delta.record;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.delta.BadColumnsException;
import org.jspecify.annotations.Nullable;

/**
 * Codes times as steps from the one coded before, wherever that stood: less the step to the same
 * time in the record before. The realtime clock is coded as its distance from the monotonic one, which rarely moves.
 */
final class ClockCoder {
    static final int TIME_BYTES = 16;

    private static final int MICROSECONDS = 0;
    private static final int NANOSECONDS = 1;
    private static final int REALTIME_UNKNOWN = 2;
    private static final int MONOTONIC_UNKNOWN = 3;
    private static final int BOTH_UNKNOWN = 4;
    private static final int FORMS = 5;
    private static final long UNIT_NS = 1000;

    private final Atoms atoms;
    private int form;
    private long monotonicNs;
    private long realtimeNs;
    private long distanceNs;
    private boolean distanceMoved;

    ClockCoder(Atoms atoms) {
        this.atoms = atoms;
    }

    /**
     * Codes a time.
     *
     * @param before the body before; null for none
     * @param place  where the time stands in it
     */
    void code(Place now, @Nullable Tree before, int place) throws BadColumnsException {
        boolean writes = atoms.writes();
        long realtime = writes ? now.tree.number(now.at, 8) : 0;
        long monotonic = writes ? now.tree.number(now.at + 8, 8) : 0;
        long usual = before == null ? 0 : before.states.growth(before.states.find(place));
        form(writes ? formOf(realtime, monotonic, usual) : 0);
        if (form == BOTH_UNKNOWN) {
            realtime = ReceiveTime.UNKNOWN;
            monotonic = ReceiveTime.UNKNOWN;
        } else if (form == MONOTONIC_UNKNOWN) {
            realtime = realtimeNs + atoms.number(Atoms.TIMES, realtime - realtimeNs);
            realtimeNs = realtime;
            monotonic = ReceiveTime.UNKNOWN;
        } else {
            long unit = form == MICROSECONDS ? UNIT_NS : 1;
            long step = usual + unit * atoms.number(Atoms.TIMES, (monotonic - monotonicNs - usual) / unit);
            monotonic = monotonicNs + step;
            monotonicNs = monotonic;
            now.tree.states.add(now.at, step, 0, 0);
            realtime = form == REALTIME_UNKNOWN ? ReceiveTime.UNKNOWN : monotonic + distance(realtime - monotonic);
        }
        now.number(realtime, 8);
        now.number(monotonic, 8);
    }

    /** Takes a time of a record that is not coded. */
    void learn(Tree tree, int at) {
        long realtime = tree.number(at, 8);
        long monotonic = tree.number(at + 8, 8);
        if (monotonic != ReceiveTime.UNKNOWN) {
            tree.states.add(at, monotonic - monotonicNs, 0, 0);
            monotonicNs = monotonic;
            distanceNs = realtime == ReceiveTime.UNKNOWN ? distanceNs : realtime - monotonic;
        } else if (realtime != ReceiveTime.UNKNOWN) {
            realtimeNs = realtime;
        }
    }

    private int formOf(long realtime, long monotonic, long usual) {
        if (monotonic == ReceiveTime.UNKNOWN) {
            return realtime == ReceiveTime.UNKNOWN ? BOTH_UNKNOWN : MONOTONIC_UNKNOWN;
        }
        if (realtime == ReceiveTime.UNKNOWN) {
            return REALTIME_UNKNOWN;
        }
        boolean whole = (monotonic - monotonicNs - usual) % UNIT_NS == 0 && form != NANOSECONDS;
        return whole ? MICROSECONDS : NANOSECONDS;
    }

    private void form(int actual) throws BadColumnsException {
        if (!atoms.hit(false, actual == form)) {
            form = atoms.unsigned(Atoms.TIMES, actual, FORMS - 1);
        }
    }

    private long distance(long actual) throws BadColumnsException {
        boolean same = atoms.hit(distanceMoved, actual == distanceNs);
        distanceMoved = !same;
        if (!same) {
            distanceNs += atoms.number(Atoms.TIMES, actual - distanceNs);
        }
        return distanceNs;
    }
}
