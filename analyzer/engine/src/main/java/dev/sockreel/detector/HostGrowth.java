package dev.sockreel.detector;

import dev.sockreel.counter.CounterNames;
import dev.sockreel.counter.HostCounters;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.track.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Counters of the recorded namespaces in the snapshots of a run, to say what a socket's own counter does not. */
final class HostGrowth {
    static final String LISTEN_OVERFLOWS = "TcpExt.ListenOverflows";
    static final String UDP_RCVBUF_ERRORS = "Udp.RcvbufErrors";
    static final String UDP6_RCVBUF_ERRORS = "Udp6.RcvbufErrors";

    private static final List<String> NAMES = List.of(LISTEN_OVERFLOWS, UDP_RCVBUF_ERRORS, UDP6_RCVBUF_ERRORS);

    private static final CounterNames ASKED = new CounterNames(NAMES);

    private record Counter(long netns, String name) {}

    /** The values of each counter by the first snapshot that has them; one that does not change has one. */
    private final Map<Counter, NavigableMap<Long, Long>> values = new HashMap<>();

    void add(Snapshot snapshot, long turn) {
        for (int netns : snapshot.namespaces().keySet()) {
            long[] now = HostCounters.valuesOf(ASKED, snapshot, netns);
            for (int i = 0; i < now.length; i++) {
                if (now[i] != CounterNames.UNKNOWN) {
                    add(new Counter(snapshot.netnsInode(netns), NAMES.get(i)), turn, now[i]);
                }
            }
        }
    }

    private void add(Counter counter, long turn, long value) {
        NavigableMap<Long, Long> known = values.computeIfAbsent(counter, c -> new TreeMap<>());
        Map.Entry<Long, Long> last = known.lastEntry();
        if (last == null || last.getValue() != value || last.getKey() == turn) {
            known.put(turn, value);
        }
    }

    /**
     * Returns how much a counter grew in a window.
     *
     * @param netns inode of the namespace
     * @return empty when its begin or end was not recorded
     */
    OptionalLong in(Window window, long netns, String name) {
        NavigableMap<Long, Long> known = values.getOrDefault(new Counter(netns, name), new TreeMap<>());
        Map.Entry<Long, Long> from = known.floorEntry(window.first().turn());
        Map.Entry<Long, Long> to = known.floorEntry(window.last().turn());
        return from == null || to == null || to.getValue() < from.getValue() ? OptionalLong.empty()
                : OptionalLong.of(to.getValue() - from.getValue());
    }
}
