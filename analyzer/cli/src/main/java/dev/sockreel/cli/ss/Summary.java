package dev.sockreel.cli.ss;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.cli.ss.text.Cells;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.TcpState;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongBinaryOperator;

/**
 * The summary of {@code ss -s}, from recorded copies of /proc/net/sockstat and sockstat6. Established connections,
 * which ss takes from /proc/net/snmp, are counted in the dumps if those are complete.
 */
final class Summary {
    private final Snapshot snapshot;
    private final int netns;
    private final String sockstat;
    private final String sockstat6;

    /** @param netns number of the namespace in the file */
    Summary(Snapshot snapshot, int netns) {
        this.snapshot = snapshot;
        this.netns = netns;
        this.sockstat = text("/proc/net/sockstat");
        this.sockstat6 = text("/proc/net/sockstat6");
    }

    /** Returns the copy taken after the dumps if there is one, or else the first; empty if there is none. */
    private String text(String path) {
        List<ProcFile> files = snapshot.procFiles().stream()
                .filter(f -> f.netns() == netns && f.path().equals(path) && f.errno() == 0 && f.whole())
                .toList();
        return files.stream()
                .filter(f -> f.when() == ProcText.When.AFTER_DUMPS)
                .findFirst()
                .or(() -> files.stream().findFirst())
                .map(f -> new String(f.text(), StandardCharsets.US_ASCII))
                .orElse("");
    }

    /** Returns whether the capture holds sockstat. */
    boolean isRecorded() {
        return !sockstat.isEmpty();
    }

    void print(PrintWriter out) {
        OptionalLong tcp4 = count(sockstat, "TCP:", "inuse");
        OptionalLong tcp6 = count(sockstat6, "TCP6:", "inuse");
        OptionalLong alloc = count(sockstat, "TCP:", "alloc");
        OptionalLong timeWait = count(sockstat, "TCP:", "tw");
        OptionalLong hashed = with(plus(tcp4, tcp6), timeWait, (all, tw) -> all - tw);
        out.println("Total: " + word(count(sockstat, "sockets:", "used")));
        out.println("TCP:   " + word(plus(alloc, timeWait)) + " (estab " + word(established())
                + ", closed " + word(with(alloc, hashed, (all, open) -> all - open))
                + ", orphaned " + word(count(sockstat, "TCP:", "orphan")) + ", timewait " + word(timeWait) + ")");
        out.println();
        out.println("Transport Total     IP        IPv6");
        OptionalLong raw4 = count(sockstat, "RAW:", "inuse");
        OptionalLong raw6 = count(sockstat6, "RAW6:", "inuse");
        OptionalLong udp4 = count(sockstat, "UDP:", "inuse");
        OptionalLong udp6 = count(sockstat6, "UDP6:", "inuse");
        line(out, "RAW", raw4, raw6);
        line(out, "UDP", udp4, udp6);
        line(out, "TCP", tcp4, tcp6);
        line(out, "INET", plus(plus(raw4, udp4), tcp4), plus(plus(raw6, udp6), tcp6));
        line(out, "FRAG", count(sockstat, "FRAG:", "inuse"), count(sockstat6, "FRAG6:", "inuse"));
        out.println();
    }

    private static void line(PrintWriter out, String name, OptionalLong v4, OptionalLong v6) {
        String text = name + "\t  " + padded(plus(v4, v6)) + padded(v4) + word(v6);
        out.println(text);
    }

    private static String padded(OptionalLong number) {
        String word = word(number);
        return word + " ".repeat(Math.max(1, 10 - word.length()));
    }

    private static String word(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : Cells.UNKNOWN;
    }

    private static OptionalLong plus(OptionalLong a, OptionalLong b) {
        return with(a, b, Long::sum);
    }

    private static OptionalLong with(OptionalLong a, OptionalLong b, LongBinaryOperator operator) {
        return a.isPresent() && b.isPresent()
                ? OptionalLong.of(operator.applyAsLong(a.getAsLong(), b.getAsLong()))
                : OptionalLong.empty();
    }

    /** Returns a value of a line such as {@code TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 51}. */
    private static OptionalLong count(String text, String line, String name) {
        for (String l : text.split("\n", -1)) {
            String[] words = l.strip().split("\\s+", -1);
            if (!words[0].equals(line)) {
                continue;
            }
            for (int i = 1; i + 1 < words.length; i += 2) {
                if (words[i].equals(name) && words[i + 1].matches("[0-9]{1,18}")) {
                    return OptionalLong.of(Long.parseLong(words[i + 1]));
                }
            }
        }
        return OptionalLong.empty();
    }

    /** Returns what TCP_MIB_CURRESTAB counts: ESTABLISHED and CLOSE-WAIT of both versions of IP. */
    private OptionalLong established() {
        return plus(established(Family.AF_INET), established(Family.AF_INET6));
    }

    private OptionalLong established(int family) {
        long states = 1L << TcpState.ESTABLISHED | 1L << TcpState.CLOSE_WAIT;
        return snapshot.dumps().stream()
                .filter(d -> d.begin().netns() == netns && d.isComplete() && d.request().showKnown())
                .filter(d -> d.request().isInet() && d.request().protocol() == InetProtocol.IPPROTO_TCP)
                .filter(d -> d.request().family() == family && !d.request().familyId().equals("tcp"))
                .filter(d -> !d.request().narrowed() && (d.request().states() & states) == states)
                .mapToLong(Summary::established)
                .findFirst();
    }

    private static long established(Dump dump) {
        long count = 0;
        SocketCursor cursor = dump.cursor();
        while (cursor.next()) {
            int state = cursor.socket().stateNumber();
            count += state == TcpState.ESTABLISHED || state == TcpState.CLOSE_WAIT ? 1 : 0;
        }
        return count;
    }
}
