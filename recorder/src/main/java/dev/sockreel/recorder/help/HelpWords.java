package dev.sockreel.recorder.help;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the words in capitals mean that the recorder's commands use in their help. */
public final class HelpWords {
    public static final Map<String, String> OF_RECORDER = ofRecorder();

    private static Map<String, String> ofRecorder() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("DURATION", "500ms, 10s, 5m, 24h or 7d");
        all.put("SIZE", "64K, 256M or 4G");
        all.put("FAMILIES",
                "tcp udp udplite raw sctp dccp mptcp unix packet netlink vsock xdp tipc smc, with commas between "
                        + "them; tcp4 or tcp6 alone and so on; or all");
        return java.util.Collections.unmodifiableMap(all);
    }

    private HelpWords() {}
}
