package dev.sockreel.filter;

import dev.sockreel.sockdiag.TcpState;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code state NAME} and {@code exclude NAME}, one after another, as a mask of 1 &lt;&lt; state. As in ss the first
 * word decides what is begun with: nothing before {@code state}, all states before {@code exclude}.
 */
final class States {
    private static final int ALL = (1 << (TcpState.BOUND_INACTIVE + 1)) - 1;
    private static final int SYN_RECV = bit(TcpState.SYN_RECV) | bit(TcpState.NEW_SYN_RECV);
    private static final int BUCKET = SYN_RECV | bit(TcpState.TIME_WAIT);
    private static final int CONNECTED = ALL & ~(bit(TcpState.LISTEN) | bit(TcpState.CLOSE));
    private static final int SYNCHRONIZED = CONNECTED & ~bit(TcpState.SYN_SENT);

    private static final Map<String, Integer> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry("unknown", bit(0)),
            Map.entry("established", bit(TcpState.ESTABLISHED)),
            Map.entry("estab", bit(TcpState.ESTABLISHED)),
            Map.entry("syn-sent", bit(TcpState.SYN_SENT)),
            Map.entry("syn-recv", SYN_RECV),
            Map.entry("syn-rcv", SYN_RECV),
            Map.entry("fin-wait-1", bit(TcpState.FIN_WAIT1)),
            Map.entry("fin-wait-2", bit(TcpState.FIN_WAIT2)),
            Map.entry("time-wait", bit(TcpState.TIME_WAIT)),
            Map.entry("unconnected", bit(TcpState.CLOSE)),
            Map.entry("unconn", bit(TcpState.CLOSE)),
            Map.entry("close", bit(TcpState.CLOSE)),
            Map.entry("closed", bit(TcpState.CLOSE)),
            Map.entry("close-wait", bit(TcpState.CLOSE_WAIT)),
            Map.entry("last-ack", bit(TcpState.LAST_ACK)),
            Map.entry("listening", bit(TcpState.LISTEN)),
            Map.entry("listen", bit(TcpState.LISTEN)),
            Map.entry("closing", bit(TcpState.CLOSING)),
            Map.entry("bound-inactive", bit(TcpState.BOUND_INACTIVE)),
            Map.entry("all", ALL),
            Map.entry("connected", CONNECTED),
            Map.entry("synchronized", SYNCHRONIZED),
            Map.entry("bucket", BUCKET),
            Map.entry("big", ALL & ~BUCKET)));

    private boolean named;
    private int mask;

    /** Returns the mask of a state or group, null when there is none of that name. */
    static @Nullable Integer mask(String name) {
        return NAMES.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns all names, for the sentence that refuses another one. */
    static String names() {
        return String.join(" ", NAMES.keySet());
    }

    void state(int states) {
        mask |= states;
        named = true;
    }

    void exclude(int states) {
        mask = (named ? mask : ALL) & ~states;
        named = true;
    }

    /** Returns the mask of the states, empty when none was named. */
    OptionalInt mask() {
        return named ? OptionalInt.of(mask) : OptionalInt.empty();
    }

    /** Returns whether the state is in the mask; the mask of all takes also numbers that are not known yet. */
    static boolean isIn(int mask, int state) {
        return mask == ALL || (state >= 0 && state < Integer.SIZE && (mask & bit(state)) != 0);
    }

    private static int bit(int state) {
        return 1 << state;
    }
}
