package dev.sockreel.dump;

/**
 * What the sockets of a dump add up to, so that checks need not look at them again.
 *
 * @param counted         sockets that the kernel counts, too
 * @param unlisted        unix: sockets that no dump lists and that may exist because of these
 * @param crowded         unix listeners with so many pending connections that their list may not fit a datagram
 * @param loopbackBalance 0 when each established connection over the loopback device has both of its ends, in this dump
 *                        and those that share its namespace; else some other number
 */
public record DumpTotals(long counted, long unlisted, long crowded, long loopbackBalance) {
    static final DumpTotals NONE = new DumpTotals(0, 0, 0, 0);

    DumpTotals plus(DumpTotals other) {
        return new DumpTotals(counted + other.counted, unlisted + other.unlisted, crowded + other.crowded,
                loopbackBalance + other.loopbackBalance);
    }

    DumpTotals minus(DumpTotals other) {
        return new DumpTotals(counted - other.counted, unlisted - other.unlisted, crowded - other.crowded,
                loopbackBalance - other.loopbackBalance);
    }
}
