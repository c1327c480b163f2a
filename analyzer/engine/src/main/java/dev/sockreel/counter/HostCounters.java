package dev.sockreel.counter;

import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one network namespace in one snapshot, from netstat, snmp, snmp6 and softnet_stat of /proc/net. They
 * are named {@code GROUP.NAME} as the kernel names them: {@code TcpExt.ListenOverflows}, {@code Udp.RcvbufErrors},
 * {@code Udp6.RcvbufErrors}; those of softnet_stat, which are the host's, {@code softnet.dropped} and so on. A counter
 * that was not recorded is unknown, never 0.
 */
public final class HostCounters {
    /** The columns of softnet_stat from the first on (net/core/net-procfs.c). */
    private static final List<String> SOFTNET = List.of("processed", "dropped", "time_squeeze");
    private static final String SOFTNET_GROUP = "softnet.";
    private static final long SOFTNET_MASK = 0xffffffffL;

    private final Map<String, Long> values;
    private final List<long[]> softnet;

    private HostCounters(Map<String, Long> values, List<long[]> softnet) {
        this.values = values;
        this.softnet = softnet;
    }

    /**
     * Returns the counters of a namespace.
     *
     * @param netns its number in the file
     * @return null when none were recorded
     */
    public static @Nullable HostCounters of(Snapshot snapshot, int netns) {
        Map<String, Long> values = new LinkedHashMap<>();
        List<long[]> softnet = List.of();
        for (ProcFile file : whole(snapshot, netns, "/proc/net/netstat", "/proc/net/snmp")) {
            CounterText.addPairs(file.text(), values);
        }
        for (ProcFile file : whole(snapshot, netns, "/proc/net/snmp6")) {
            CounterText.addLines(file.text(), values);
        }
        for (ProcFile file : whole(snapshot, netns, "/proc/net/softnet_stat")) {
            softnet = CounterText.softnet(file.text(), SOFTNET.size());
        }
        return values.isEmpty() && softnet.isEmpty() ? null : new HostCounters(values, softnet);
    }

    private static List<ProcFile> whole(Snapshot snapshot, int netns, String... paths) {
        return Arrays.stream(paths)
                .flatMap(path -> snapshot.texts(netns, path).stream())
                .filter(file -> file.errno() == 0 && file.whole())
                .toList();
    }

    /** Returns a counter; empty when it was not recorded. */
    public OptionalLong of(String name) {
        Long value = values.get(name);
        if (value != null) {
            return OptionalLong.of(value);
        }
        int column = softnetColumn(name);
        return column < 0 || softnet.isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(softnet.stream().mapToLong(row -> row[column]).sum());
    }

    /**
     * Returns how much a counter grew since an earlier snapshot of the same namespace.
     *
     * @return empty when one of them did not record it, or it is smaller now: then it is no counter, or was reset
     */
    public OptionalLong growthSince(HostCounters before, String name) {
        int column = softnetColumn(name);
        if (column >= 0) {
            return softnetGrowth(before, column);
        }
        Long from = before.values.get(name);
        Long to = values.get(name);
        return from == null || to == null || to < from ? OptionalLong.empty() : OptionalLong.of(to - from);
    }

    /** Returns the growth over all processors, of which each counts in 32 bits and begins again at 0. */
    private OptionalLong softnetGrowth(HostCounters before, int column) {
        if (softnet.isEmpty() || softnet.size() != before.softnet.size()) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (int i = 0; i < softnet.size(); i++) {
            sum += softnet.get(i)[column] - before.softnet.get(i)[column] & SOFTNET_MASK;
        }
        return OptionalLong.of(sum);
    }

    private static int softnetColumn(String name) {
        return name.startsWith(SOFTNET_GROUP) ? SOFTNET.indexOf(name.substring(SOFTNET_GROUP.length())) : -1;
    }
}
