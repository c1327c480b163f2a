package dev.sockreel.history;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.sockdiag.attribute.StructField;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Growth rates of a socket's counters. */
public final class Rates {
    /** Width of counters that do not wrap: a u64 that falls did not wrap around. */
    private static final int WHOLE_WORD_BYTES = 8;

    /**
     * Returns a counter's growth per second from one snapshot to a later one of the same socket.
     *
     * @param field one of {@link Counters#GROWING}
     * @return empty when either snapshot lacks the counter, or times are not known
     */
    public static OptionalDouble perSecond(Seen from, Seen to, StructField field) {
        OptionalLong before = from.reading().counters().of(field);
        OptionalLong after = to.reading().counters().of(field);
        if (before.isEmpty() || after.isEmpty()) {
            return OptionalDouble.empty();
        }
        long grown = after.getAsLong() - before.getAsLong();
        if (grown < 0 && field.bytes() < WHOLE_WORD_BYTES) {
            grown += 1L << 8 * field.bytes();
        }
        return perSecond(from.last(), to.first(), grown);
    }

    /**
     * Returns a growth per second; empty when times are not known.
     *
     * @param grown growth between the two moments; a negative number gives no rate
     */
    public static OptionalDouble perSecond(Moment from, Moment to, long grown) {
        long nanos = to.nanosSince(from);
        return nanos == ReceiveTime.UNKNOWN || nanos <= 0 || grown < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(grown * 1e9 / nanos);
    }

    private Rates() {}
}
