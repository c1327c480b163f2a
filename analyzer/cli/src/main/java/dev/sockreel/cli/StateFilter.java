package dev.sockreel.cli;

import dev.sockreel.sockdiag.TcpState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code state close-wait exclude listening}: ss's names of states and of their groups, as a mask of 1 &lt;&lt; state. */
final class StateFilter {
    private static final int ALL = (1 << TcpState.BOUND_INACTIVE + 1) - 2;
    private static final int BUCKET = bit(TcpState.SYN_RECV) | bit(TcpState.TIME_WAIT) | bit(TcpState.NEW_SYN_RECV);
    private static final int CONNECTED =
            ALL & ~(bit(TcpState.LISTEN) | bit(TcpState.CLOSE) | bit(TcpState.BOUND_INACTIVE));
    private static final int SYNCHRONIZED = CONNECTED & ~bit(TcpState.SYN_SENT);

    private static final Map<String, Integer> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry("established", bit(TcpState.ESTABLISHED)),
            Map.entry("syn-sent", bit(TcpState.SYN_SENT)),
            Map.entry("syn-recv", bit(TcpState.SYN_RECV) | bit(TcpState.NEW_SYN_RECV)),
            Map.entry("fin-wait-1", bit(TcpState.FIN_WAIT1)),
            Map.entry("fin-wait-2", bit(TcpState.FIN_WAIT2)),
            Map.entry("time-wait", bit(TcpState.TIME_WAIT)),
            Map.entry("closed", bit(TcpState.CLOSE)),
            Map.entry("unconnected", bit(TcpState.CLOSE)),
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

    private final int mask;

    private StateFilter(int mask) {
        this.mask = mask;
    }

    /**
     * @param listening {@code -l}
     * @param words     of the command line
     * @throws IllegalArgumentException one sentence that names the word
     */
    static StateFilter parse(boolean listening, List<String> words) {
        int wanted = 0;
        int excluded = 0;
        for (int i = 0; i < words.size(); i += 2) {
            String verb = words.get(i);
            if (!verb.equals("state") && !verb.equals("exclude")) {
                throw new IllegalArgumentException(
                        "\"" + verb + "\" is not understood: a filter is `state NAME` or `exclude NAME`");
            }
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException("`" + verb + "` needs the name of a state: " + String.join(" ", NAMES.keySet()));
            }
            Integer bits = NAMES.get(words.get(i + 1).toLowerCase(Locale.ROOT));
            if (bits == null) {
                throw new IllegalArgumentException(
                        "there is no state \"" + words.get(i + 1) + "\"; there are " + String.join(" ", NAMES.keySet()));
            }
            wanted |= verb.equals("state") ? bits : 0;
            excluded |= verb.equals("exclude") ? bits : 0;
        }
        int base = wanted != 0 ? wanted : listening ? bit(TcpState.LISTEN) : ~0;
        return new StateFilter(base & ~excluded);
    }

    /** A number without a name passes unless states were named. */
    boolean takes(int state) {
        return mask == ~0 || (state >= 0 && state < 32 && (mask & 1 << state) != 0);
    }

    private static int bit(int state) {
        return 1 << state;
    }
}
