package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/**
 * One moment on two clocks.
 *
 * @param realtimeNs  CLOCK_REALTIME, nanoseconds since 1970; {@link #UNKNOWN} when the source had no times
 * @param monotonicNs CLOCK_MONOTONIC of the capturing host, nanoseconds; {@link #UNKNOWN} when the source had none
 */
public record ReceiveTime(long realtimeNs, long monotonicNs) {
    public static final long UNKNOWN = Long.MIN_VALUE;
    public static final ReceiveTime NONE = new ReceiveTime(UNKNOWN, UNKNOWN);

    static final int BYTES = 16;

    /** Returns the current time of this machine. */
    public static ReceiveTime now() {
        java.time.Instant now = java.time.Instant.now();
        return new ReceiveTime(now.getEpochSecond() * 1_000_000_000L + now.getNano(), System.nanoTime());
    }

    public boolean isKnown() {
        return realtimeNs != UNKNOWN;
    }

    /**
     * Returns the nanoseconds from another time of the same boot to this one, by the monotonic clock where both times
     * have it: the realtime clock may have been set in between.
     *
     * @return {@link #UNKNOWN} where the source had no times
     */
    public long nanosSince(ReceiveTime earlier) {
        if (monotonicNs != UNKNOWN && earlier.monotonicNs != UNKNOWN) {
            return monotonicNs - earlier.monotonicNs;
        }
        return isKnown() && earlier.isKnown() ? realtimeNs - earlier.realtimeNs : UNKNOWN;
    }

    /** Returns whether this time is earlier than another of the same boot; false where the source had no times. */
    public boolean isBefore(ReceiveTime other) {
        long ns = nanosSince(other);
        return ns != UNKNOWN && ns < 0;
    }

    static ReceiveTime decode(ByteBuf in) {
        return new ReceiveTime(in.readLongLE(), in.readLongLE());
    }

    void encode(ByteBuf out) {
        out.writeLongLE(realtimeNs);
        out.writeLongLE(monotonicNs);
    }
}
