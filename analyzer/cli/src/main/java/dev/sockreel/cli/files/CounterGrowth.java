package dev.sockreel.cli.files;

import dev.sockreel.counter.HostCounters;
import dev.sockreel.snapshot.Snapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The growth of those counters of the host that tell of loss and full queues, from the first to the last snapshot. */
final class CounterGrowth {
    private static final List<String> TELLING = List.of(
            "TcpExt.ListenOverflows", "TcpExt.ListenDrops", "TcpExt.TCPReqQFullDrop", "TcpExt.TCPReqQFullDoCookies",
            "TcpExt.TCPRcvQDrop", "TcpExt.TCPBacklogDrop", "TcpExt.PruneCalled", "TcpExt.RcvPruned",
            "TcpExt.OfoPruned", "TcpExt.TCPZeroWindowDrop", "TcpExt.TCPToZeroWindowAdv", "TcpExt.TCPAbortOnMemory",
            "TcpExt.TCPMemoryPressures", "TcpExt.TCPAbortOnData", "TcpExt.TCPTimeouts", "Tcp.RetransSegs",
            "Tcp.AttemptFails", "Udp.RcvbufErrors", "Udp.SndbufErrors", "Udp.MemErrors", "Udp6.RcvbufErrors",
            "Udp6.SndbufErrors", "Udp6.MemErrors", "UdpLite.RcvbufErrors", "UdpLite6.RcvbufErrors",
            "softnet.dropped", "softnet.time_squeeze");

    private final Map<Integer, HostCounters> first = new HashMap<>();
    private final Map<Integer, HostCounters> last = new HashMap<>();

    void add(Snapshot snapshot) {
        for (int netns : snapshot.namespaces().keySet()) {
            HostCounters counters = HostCounters.of(snapshot, netns);
            if (counters != null) {
                first.putIfAbsent(netns, counters);
                last.put(netns, counters);
            }
        }
    }

    /** Returns by namespace and name the growth of the counters that grew. */
    Map<Integer, Map<String, Long>> grown() {
        Map<Integer, Map<String, Long>> all = new LinkedHashMap<>();
        last.forEach((netns, now) -> {
            Map<String, Long> grown = new LinkedHashMap<>();
            HostCounters before = first.getOrDefault(netns, now);
            for (String name : TELLING) {
                OptionalLong growth = now.growthSince(before, name);
                if (growth.orElse(0) > 0) {
                    grown.put(name, growth.getAsLong());
                }
            }
            if (!grown.isEmpty()) {
                all.put(netns, grown);
            }
        });
        return all;
    }
}
