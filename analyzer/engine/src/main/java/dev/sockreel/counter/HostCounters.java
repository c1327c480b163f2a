package dev.sockreel.counter;

import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
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

    private static final List<String> SOFTNET_STAT = List.of("/proc/net/softnet_stat");
    private static final List<String> PAIRS = List.of("/proc/net/netstat", "/proc/net/snmp");
    private static final List<String> LINES = List.of("/proc/net/snmp6");

    private final List<ProcFile> pairs;
    private final List<ProcFile> lines;
    private final List<long[]> softnet;
    /** By their names; null until one is asked for, which is seldom done in each snapshot. */
    private @Nullable Map<String, Long> values;

    private HostCounters(List<ProcFile> pairs, List<ProcFile> lines, List<long[]> softnet) {
        this.pairs = pairs;
        this.lines = lines;
        this.softnet = softnet;
    }

    /**
     * Returns the counters of a namespace.
     *
     * @param netns its number in the file
     * @return null when none were recorded
     */
    public static @Nullable HostCounters of(Snapshot snapshot, int netns) {
        List<ProcFile> softnetStat = whole(snapshot, netns, SOFTNET_STAT);
        HostCounters counters = new HostCounters(
                whole(snapshot, netns, PAIRS), whole(snapshot, netns, LINES),
                softnetStat.isEmpty() ? List.of()
                        : CounterText.softnet(softnetStat.getLast().text(), SOFTNET.size()));
        return counters.softnet.isEmpty() && !counters.hasAny() ? null : counters;
    }

    /**
     * Returns the values of some counters of a namespace.
     *
     * @param netns its number in the file
     * @return for each name its value, or {@link CounterNames#UNKNOWN}
     */
    public static long[] valuesOf(CounterNames names, Snapshot snapshot, int netns) {
        HostCounters counters =
                new HostCounters(whole(snapshot, netns, PAIRS), whole(snapshot, netns, LINES), List.of());
        long[] values = names.unknown();
        if (counters.mayHaveTooMany()) {
            names.fill(values, counters.values());
        } else {
            counters.visit(names.into(values));
        }
        return values;
    }

    private static List<ProcFile> whole(Snapshot snapshot, int netns, List<String> paths) {
        List<ProcFile> files = new ArrayList<>(paths.size());
        for (String path : paths) {
            for (ProcFile file : snapshot.texts(netns, path)) {
                if (file.errno() == 0 && file.whole()) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private boolean hasAny() {
        boolean[] any = new boolean[1];
        visit((text, group, groupEnd, name, nameEnd, value) -> {
            any[0] = true;
            return false;
        });
        return any[0];
    }

    /** Returns whether there may be more counters than are kept, so that the last of them do not count. */
    private boolean mayHaveTooMany() {
        long bytes = 0;
        for (ProcFile file : pairs) {
            bytes += file.text().length;
        }
        for (ProcFile file : lines) {
            bytes += file.text().length;
        }
        return bytes >= CounterText.MAX_BYTES_OF_FEWER;
    }

    private void visit(CounterText.Sink sink) {
        for (ProcFile file : pairs) {
            CounterText.pairs(file.text(), sink);
        }
        for (ProcFile file : lines) {
            CounterText.lines(file.text(), sink);
        }
    }

    private Map<String, Long> values() {
        Map<String, Long> all = values;
        if (all == null) {
            all = new HashMap<>();
            for (ProcFile file : pairs) {
                CounterText.addPairs(file.text(), all);
            }
            for (ProcFile file : lines) {
                CounterText.addLines(file.text(), all);
            }
            values = all;
        }
        return all;
    }

    /** Returns a counter; empty when it was not recorded. */
    public OptionalLong of(String name) {
        Long value = values().get(name);
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
        Long from = before.values().get(name);
        Long to = values().get(name);
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
