package dev.sockreel.pcap;

import dev.sockreel.capture.record.ReceiveTime;
import java.math.BigInteger;

/** Times of packets, in nanoseconds since 1970. Writers put zero where they know no time. */
final class PacketTime {
    private static final BigInteger NS_PER_SECOND = BigInteger.valueOf(1_000_000_000L);
    /** if_tsresol when a file states none: microseconds. */
    static final int MICROSECONDS = 6;
    private static final int POWER_OF_TWO = 0x80;

    static ReceiveTime of(long realtimeNs) {
        return realtimeNs == 0 ? ReceiveTime.NONE : new ReceiveTime(realtimeNs, ReceiveTime.UNKNOWN);
    }

    /**
     * Converts a time in units of if_tsresol.
     *
     * @param ticks         unsigned
     * @param resolution    if_tsresol: 10 to the power of minus that, or 2 when its upper bit is set
     * @param offsetSeconds if_tsoffset, added
     */
    static ReceiveTime of(long ticks, int resolution, long offsetSeconds) {
        if (ticks == 0) {
            return ReceiveTime.NONE;
        }
        if (resolution == 9 && offsetSeconds == 0 && ticks > 0) {
            return of(ticks);
        }
        int power = resolution & ~POWER_OF_TWO;
        BigInteger perSecond = (resolution & POWER_OF_TWO) != 0
                ? BigInteger.TWO.pow(power)
                : BigInteger.TEN.pow(power);
        BigInteger ns = new BigInteger(Long.toUnsignedString(ticks))
                .multiply(NS_PER_SECOND)
                .divide(perSecond)
                .add(BigInteger.valueOf(offsetSeconds).multiply(NS_PER_SECOND));
        return ns.bitLength() < Long.SIZE ? of(ns.longValueExact()) : ReceiveTime.NONE;
    }

    private PacketTime() {}
}
