package dev.sockreel.verdict;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.PingText;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's own counts of sockets when the dumps began or ended: the column "sockets" of /proc/net/protocols, and
 * where that is not recorded "inuse" of /proc/net/sockstat and sockstat6.
 */
public final class SocketCounts {
    private static final String PROTOCOLS = "/proc/net/protocols";

    private final Snapshot snapshot;
    /** The numbers of each text by the name that begins their line. */
    private final IdentityHashMap<ProcFile, Map<String, Long>> read = new IdentityHashMap<>();

    public SocketCounts(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Returns whether a dump of this family can be compared with the kernel's count. */
    static boolean counts(String id) {
        Family family = Family.of(id);
        return family != null && family.count().isExact();
    }

    /**
     * Returns about how many sockets of a family there were when the dumps ended; 0 where the kernel does not even
     * name the protocol. Empty when neither /proc/net/protocols nor sockstat was recorded, or they do not
     * count the family.
     */
    public OptionalLong inUse(int netns, String id) {
        Family family = Family.of(id);
        if (family == null) {
            return OptionalLong.empty();
        }
        OptionalLong counted = inUse(netns, family.count().protocols());
        return counted.isPresent() ? counted : of(netns, id, ProcText.When.AFTER_DUMPS);
    }

    /** Returns the same of ping sockets. */
    public OptionalLong pingsInUse(int netns) {
        return inUse(netns, PingText.protocolsRows());
    }

    private OptionalLong inUse(int netns, List<String> rows) {
        ProcFile text = text(netns, ProcText.When.AFTER_DUMPS, PROTOCOLS);
        if (rows.isEmpty() || text == null || text.text().length == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(protocols(text, rows).orElse(0));
    }

    /** Returns the exact count of a family, or empty when the snapshot has none. */
    OptionalLong of(int netns, String id, ProcText.When when) {
        Family family = Family.of(id);
        if (family == null || !family.count().isExact()) {
            return OptionalLong.empty();
        }
        Family.Count count = family.count();
        ProcFile protocols = text(netns, when, PROTOCOLS);
        OptionalLong counted = protocols == null ? OptionalLong.empty() : protocols(protocols, count.protocols());
        if (counted.isPresent() || count.sockstat().isEmpty()) {
            return counted;
        }
        ProcFile sockstat = text(netns, when,
                family.af() == Family.AF_INET6 ? "/proc/net/sockstat6" : "/proc/net/sockstat");
        return sockstat == null ? OptionalLong.empty() : inuse(sockstat, count.sockstat());
    }

    /** Returns a text that was recorded whole; null for none. */
    private @Nullable ProcFile text(int netns, ProcText.When when, String path) {
        return snapshot.texts(netns, path).stream()
                .filter(f -> f.when() == when && f.errno() == 0 && f.whole())
                .findFirst()
                .orElse(null);
    }

    /** Sums the sockets of rows like {@code TCP 2304 1 51 no 192 yes kernel …} (name, size, sockets). */
    private OptionalLong protocols(ProcFile text, List<String> rows) {
        Map<String, Long> sockets = read.computeIfAbsent(text, SocketCounts::protocols);
        long sum = 0;
        boolean found = false;
        for (String row : rows) {
            Long counted = sockets.get(row);
            found |= counted != null;
            sum += counted == null ? 0 : counted;
        }
        return found ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    private static Map<String, Long> protocols(ProcFile text) {
        Map<String, Long> sockets = new HashMap<>();
        for (String line : lines(text)) {
            String[] words = line.split("\\s+", 4);
            if (words.length > 3) {
                number(words[2]).ifPresent(n -> sockets.merge(words[0], n, Long::sum));
            }
        }
        return sockets;
    }

    /** Reads a line like {@code TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 51}. */
    private OptionalLong inuse(ProcFile text, String key) {
        Long counted = read.computeIfAbsent(text, SocketCounts::inuse).get(key + ":");
        return counted == null || counted < 0 ? OptionalLong.empty() : OptionalLong.of(counted);
    }

    /** Returns the number of each line; -1 where it cannot be read. */
    private static Map<String, Long> inuse(ProcFile text) {
        Map<String, Long> sockets = new HashMap<>();
        for (String line : lines(text)) {
            String[] words = line.split("\\s+", 4);
            if (words.length > 2 && words[1].equals("inuse")) {
                sockets.putIfAbsent(words[0], number(words[2]).orElse(-1));
            }
        }
        return sockets;
    }

    private static String[] lines(ProcFile text) {
        return new String(text.text(), StandardCharsets.US_ASCII).split("\n", -1);
    }

    private static OptionalLong number(String word) {
        return word.matches("[0-9]{1,10}") ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }
}
