package dev.sockreel.verdict;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.PingText;
import dev.sockreel.procnet.ProcContent;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
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

    /** The number of sockets of each protocol by its name. */
    private static final ProcContent.Reading<Map<String, Long>> SOCKETS = SocketCounts::protocols;
    /** The number of each line by the word that begins it; -1 where it cannot be read. */
    private static final ProcContent.Reading<Map<String, Long>> INUSE = SocketCounts::inuse;
    private static final byte[] INUSE_WORD = "inuse".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DIGITS = 10;

    private final Snapshot snapshot;

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
        for (ProcFile f : snapshot.texts(netns, path)) {
            if (f.when() == when && f.errno() == 0 && f.whole()) {
                return f;
            }
        }
        return null;
    }

    /** Sums the sockets of rows like {@code TCP 2304 1 51 no 192 yes kernel …} (name, size, sockets). */
    private OptionalLong protocols(ProcFile text, List<String> rows) {
        Map<String, Long> sockets = text.content().read(SOCKETS);
        long sum = 0;
        boolean found = false;
        for (String row : rows) {
            Long counted = sockets.get(row);
            found |= counted != null;
            sum += counted == null ? 0 : counted;
        }
        return found ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    private static Map<String, Long> protocols(byte[] text) {
        Map<String, Long> sockets = new HashMap<>();
        for (int at = 0; at < text.length;) {
            int end = lineEnd(text, at);
            int nameEnd = wordEnd(text, at, end);
            int sizeEnd = wordEnd(text, wordBegin(text, nameEnd, end), end);
            int number = wordBegin(text, sizeEnd, end);
            int numberEnd = wordEnd(text, number, end);
            long counted = numberEnd < end ? number(text, number, numberEnd) : -1; // more words follow
            if (counted >= 0) {
                sockets.merge(name(text, at, nameEnd), counted, Long::sum);
            }
            at = end + 1;
        }
        return sockets;
    }

    /** Reads a line like {@code TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 51}. */
    private OptionalLong inuse(ProcFile text, String key) {
        Long counted = text.content().read(INUSE).get(key + ":");
        return counted == null || counted < 0 ? OptionalLong.empty() : OptionalLong.of(counted);
    }

    private static Map<String, Long> inuse(byte[] text) {
        Map<String, Long> sockets = new HashMap<>();
        for (int at = 0; at < text.length;) {
            int end = lineEnd(text, at);
            int nameEnd = wordEnd(text, at, end);
            int word = wordBegin(text, nameEnd, end);
            int wordEnd = wordEnd(text, word, end);
            if (wordEnd < end && Arrays.equals(INUSE_WORD, 0, INUSE_WORD.length, text, word, wordEnd)) {
                int number = wordBegin(text, wordEnd, end);
                sockets.putIfAbsent(
                        name(text, at, nameEnd), number(text, number, wordEnd(text, number, end)));
            }
            at = end + 1;
        }
        return sockets;
    }

    private static String name(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.US_ASCII);
    }

    private static int lineEnd(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int wordBegin(byte[] text, int from, int end) {
        int at = from;
        while (at < end && isSpace(text[at])) {
            at++;
        }
        return at;
    }

    private static int wordEnd(byte[] text, int from, int end) {
        int at = from;
        while (at < end && !isSpace(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** Returns a decimal number of up to 10 digits; -1 for anything else. */
    private static long number(byte[] text, int from, int to) {
        long number = to > from && to - from <= MAX_DIGITS ? 0 : -1;
        for (int i = from; i < to && number >= 0; i++) {
            number = text[i] >= '0' && text[i] <= '9' ? number * 10 + text[i] - '0' : -1;
        }
        return number;
    }
}
