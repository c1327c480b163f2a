package dev.sockreel.delta;

import static dev.sockreel.capture.record.ReceiveTime.UNKNOWN;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.series.Datagrams;

/**
 * Codes receive times: the first from that of the request, each further one from the one before and the mean time
 * between two; the realtime by its offset from the monotonic clock.
 */
final class TimeCoder {
    private static final int RATE = 3;
    private static final long MICROSECOND = 1000;
    /** Times beyond are not cut to microseconds: their differences might overflow. */
    private static final long FAR = 1L << 61;

    private long lastFirst;
    /** From dump to dump. */
    private long step;
    /** From the request to the first datagram. */
    private long delay;
    private long mean;
    private long offset;

    /** Learns from a dump that was not coded. */
    void learn(Datagrams before) {
        if (before.count() > 0 && before.monotonicNs(0) != UNKNOWN && before.realtimeNs(0) != UNKNOWN) {
            lastFirst = before.monotonicNs(0);
            offset = before.realtimeNs(0) - before.monotonicNs(0);
        }
    }

    /** Returns the bits of {@link DumpKind} that say how the times are coded. */
    int kind(Datagrams now, ReceiveTime asked) {
        int unknown = 0;
        boolean isFine = false;
        boolean isOffset = false;
        for (int i = 0; i < now.count(); i++) {
            long real = now.realtimeNs(i);
            long mono = now.monotonicNs(i);
            unknown += (real == UNKNOWN ? 1 : 0) + (mono == UNKNOWN ? 1 : 0);
            isFine |= real % MICROSECOND != 0 || mono % MICROSECOND != 0 || isFar(real) || isFar(mono);
            isOffset |= real - mono != offset(asked);
        }
        if (unknown > 0) {
            return unknown == 2 * now.count() ? DumpKind.NO_TIMES : DumpKind.RAW_TIMES;
        }
        return (isFine ? DumpKind.NANOSECONDS : DumpKind.MICROSECONDS) | (isOffset ? DumpKind.OFFSETS : 0);
    }

    private static boolean isFar(long time) {
        return time > FAR || time < -FAR;
    }

    private static boolean isKnown(ReceiveTime time) {
        return time.realtimeNs() != UNKNOWN && time.monotonicNs() != UNKNOWN;
    }

    private long offset(ReceiveTime asked) {
        return isKnown(asked) ? asked.realtimeNs() - asked.monotonicNs() : offset;
    }

    /** Codes the times of all datagrams, which are there. */
    void code(Columns columns, int kind, Datagrams now, ReceiveTime asked) throws BadColumnsException {
        switch (kind & DumpKind.TIME_BITS) {
            case DumpKind.NO_TIMES -> {
                // they are unknown as they are
            }
            case DumpKind.RAW_TIMES -> codeRaw(columns, now);
            case DumpKind.MICROSECONDS -> code(columns, (kind & DumpKind.OFFSETS) != 0, MICROSECOND, now, asked);
            default -> code(columns, (kind & DumpKind.OFFSETS) != 0, 1, now, asked);
        }
    }

    private static void codeRaw(Columns columns, Datagrams now) throws BadColumnsException {
        long real = 0;
        long mono = 0;
        for (int i = 0; i < now.count(); i++) {
            real += columns.number(DumpColumns.TIME_RAW, now.realtimeNs(i) - real);
            mono += columns.number(DumpColumns.TIME_RAW, now.monotonicNs(i) - mono);
            now.time(i, real, mono);
        }
    }

    private void code(Columns columns, boolean isOffset, long unit, Datagrams now, ReceiveTime asked)
            throws BadColumnsException {
        long thisOffset = offset(asked);
        long mono = 0;
        for (int i = 0; i < now.count(); i++) {
            long predicted = i == 0
                    ? Math.floorDiv(isKnown(asked) ? asked.monotonicNs() + delay : lastFirst + step, unit)
                    : mono / unit + mean / unit;
            int column = i == 0 ? DumpColumns.TIME_FIRST : DumpColumns.TIME;
            long before = mono;
            mono = (predicted + columns.number(column, now.monotonicNs(i) / unit - predicted)) * unit;
            if (i == 0) {
                learnFirst(mono, asked);
            } else {
                mean += mono - before - mean >> RATE;
            }
            if (isOffset) {
                long last = Math.floorDiv(thisOffset, unit);
                long difference = (now.realtimeNs(i) - now.monotonicNs(i)) / unit - last;
                thisOffset = (last + columns.number(DumpColumns.OFFSET, difference)) * unit;
            }
            now.time(i, mono + thisOffset, mono);
        }
    }

    private void learnFirst(long mono, ReceiveTime asked) {
        step = mono - lastFirst;
        lastFirst = mono;
        if (isKnown(asked)) {
            delay = mono - asked.monotonicNs();
        }
    }
}
