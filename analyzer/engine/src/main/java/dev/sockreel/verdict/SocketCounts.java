package dev.sockreel.verdict;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.PingText;
import dev.sockreel.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * The kernel's own counts of sockets when the dumps began or ended: the column "sockets" of /proc/net/protocols, and
 * where that is not recorded "inuse" of /proc/net/sockstat and sockstat6.
 */
public final class SocketCounts {
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
    public static OptionalLong inUse(Snapshot snapshot, int netns, String id) {
        Family family = Family.of(id);
        if (family == null) {
            return OptionalLong.empty();
        }
        OptionalLong counted = inUse(snapshot, netns, family.count().protocols());
        return counted.isPresent() ? counted : of(snapshot, netns, id, ProcText.When.AFTER_DUMPS);
    }

    /** Returns the same of ping sockets. */
    public static OptionalLong pingsInUse(Snapshot snapshot, int netns) {
        return inUse(snapshot, netns, PingText.protocolsRows());
    }

    private static OptionalLong inUse(Snapshot snapshot, int netns, List<String> rows) {
        String text = text(snapshot, netns, ProcText.When.AFTER_DUMPS, "protocols");
        if (rows.isEmpty() || text.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(protocols(text, rows).orElse(0));
    }

    /** Returns the exact count of a family, or empty when the snapshot has none. */
    static OptionalLong of(Snapshot snapshot, int netns, String id, ProcText.When when) {
        Family family = Family.of(id);
        if (family == null || !family.count().isExact()) {
            return OptionalLong.empty();
        }
        Family.Count count = family.count();
        OptionalLong counted = protocols(text(snapshot, netns, when, "protocols"), count.protocols());
        String sockstat = family.af() == Family.AF_INET6 ? "sockstat6" : "sockstat";
        return counted.isPresent() || count.sockstat().isEmpty()
                ? counted
                : inuse(text(snapshot, netns, when, sockstat), count.sockstat());
    }

    /** Returns a whole text of /proc/net, or an empty one when it was not recorded whole. */
    private static String text(Snapshot snapshot, int netns, ProcText.When when, String name) {
        return snapshot.procFiles().stream()
                .filter(f -> f.netns() == netns && f.when() == when && f.path().equals("/proc/net/" + name))
                .filter(f -> f.errno() == 0 && f.whole())
                .map(f -> new String(f.text(), StandardCharsets.US_ASCII))
                .findFirst()
                .orElse("");
    }

    /** Sums the sockets of rows like {@code TCP 2304 1 51 no 192 yes kernel …} (name, size, sockets). */
    private static OptionalLong protocols(String text, List<String> rows) {
        long sum = 0;
        boolean found = false;
        for (String line : text.split("\n", -1)) {
            String[] words = line.split("\\s+", 4);
            if (words.length > 3 && rows.contains(words[0])) {
                OptionalLong sockets = number(words[2]);
                found |= sockets.isPresent();
                sum += sockets.orElse(0);
            }
        }
        return found ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    /** Reads a line like {@code TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 51}. */
    private static OptionalLong inuse(String text, String key) {
        for (String line : text.split("\n", -1)) {
            String[] words = line.split("\\s+", 4);
            if (words.length > 2 && words[0].equals(key + ":") && words[1].equals("inuse")) {
                return number(words[2]);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong number(String word) {
        return word.matches("[0-9]{1,10}") ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }

    private SocketCounts() {}
}
