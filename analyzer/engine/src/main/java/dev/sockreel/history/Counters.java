package dev.sockreel.history;

import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The kernel's counters of a socket that rates and stalls are computed from. None of them changes while nothing
 * happens, so the ages and timers of tcp_info are excluded. A field that the snapshot does not have stays absent.
 */
public final class Counters {
    /** Counters that only grow: their difference over a time is a rate. */
    public static final List<StructField> GROWING = List.of(
            TcpInfo.BYTES_RECEIVED, TcpInfo.BYTES_ACKED, TcpInfo.BYTES_SENT, TcpInfo.BYTES_RETRANS, TcpInfo.SEGS_IN,
            TcpInfo.SEGS_OUT, TcpInfo.TOTAL_RETRANS, SkMemInfo.DROPS);

    /** Momentary values. */
    public static final List<StructField> LEVELS = List.of(
            TcpInfo.NOTSENT_BYTES, TcpInfo.UNACKED, TcpInfo.SND_WND, TcpInfo.RCV_WND, TcpInfo.PROBES, TcpInfo.RTT,
            InetDiagMsg.TIMER);

    private static final StructField[] FIELDS = fields();
    private static final Counters NONE = new Counters(0, new long[0]);

    /** A bit for each of FIELDS that is present. */
    private final int present;
    /** The values of the present fields, in the order of FIELDS. */
    private final long[] values;

    private Counters(int present, long[] values) {
        this.present = present;
        this.values = values;
    }

    private static StructField[] fields() {
        StructField[] all = Arrays.copyOf(GROWING.toArray(StructField[]::new), GROWING.size() + LEVELS.size());
        for (int i = 0; i < LEVELS.size(); i++) {
            all[GROWING.size() + i] = LEVELS.get(i);
        }
        return all;
    }

    /**
     * Restores counters from {@link #present} and {@link #values}.
     *
     * @throws IllegalArgumentException when they do not match
     */
    public static Counters of(int present, long[] values) {
        if (present >>> FIELDS.length != 0 || Integer.bitCount(present) != values.length) {
            throw new IllegalArgumentException(
                    values.length + " values for the counters " + Integer.toBinaryString(present));
        }
        return values.length == 0 ? NONE : new Counters(present, values.clone());
    }

    static Counters of(Socket socket) {
        long[] found = new long[FIELDS.length];
        int present = 0;
        int count = 0;
        for (int i = 0; i < FIELDS.length; i++) {
            OptionalLong value = socket.value(FIELDS[i]);
            if (value.isPresent()) {
                found[count++] = value.getAsLong();
                present |= 1 << i;
            }
        }
        return count == 0 ? NONE : new Counters(present, Arrays.copyOf(found, count));
    }

    /** Returns a bit for each counter that is present, growing ones first. */
    public int present() {
        return present;
    }

    /** Returns the values of the present counters, in the order of the bits. */
    public long[] values() {
        return values.clone();
    }

    /**
     * Returns a counter; empty when the snapshot does not have it.
     *
     * @throws IllegalArgumentException when the field is not among the counters
     */
    public OptionalLong of(StructField field) {
        int at = 0;
        for (int i = 0; i < FIELDS.length; i++) {
            boolean there = (present & 1 << i) != 0;
            if (FIELDS[i].equals(field)) {
                return there ? OptionalLong.of(values[at]) : OptionalLong.empty();
            }
            at += there ? 1 : 0;
        }
        throw new IllegalArgumentException(field.name() + " is not kept");
    }

    /** Returns the present counters: uapi name → value. */
    public Map<String, Long> byName() {
        Map<String, Long> out = new LinkedHashMap<>();
        int at = 0;
        for (int i = 0; i < FIELDS.length; i++) {
            if ((present & 1 << i) != 0) {
                out.put(FIELDS[i].name(), values[at++]);
            }
        }
        return out;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Counters c && present == c.present && Arrays.equals(values, c.values);
    }

    @Override
    public int hashCode() {
        return 31 * present + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return byName().toString();
    }
}
