package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Normalizes the outputs of ss and {@code sockreel ss} for comparison, and is the one list of permitted differences.
 * Everything else must be equal, word by word and line by line. Names that begin with {@code @odd} hold spaces and are
 * left out, because rows of words cannot represent them.
 */
final class SsText {
    /** The mark for a line break inside a row. */
    private static final String NEXT_LINE = "⏎";

    private static final Pattern ROW = Pattern.compile(
            "(u_str|u_dgr|u_seq|nl|p_raw|p_dgr|tcp|udp|raw|mptcp|sctp|v_str|v_dgr|icmp6|\\?\\?\\?|Netid|State|Recv-Q|"
                    + "ESTAB|LISTEN|UNCONN|CLOS|SYN-|FIN-|TIME-|LAST-|`-|\\d+ +\\d+ |Total:|TCP|Transport|"
                    + "RAW|UDP|INET|FRAG).*",
            Pattern.DOTALL);

    private static final Pattern DEVICE = Pattern.compile("\\bdev:(\\d+)/(\\d+)");

    /** The reason why two texts of the same sockets may differ. */
    enum Why {
        /** The text is from ss 6.1, and the newest ss prints it differently. */
        OLDER_SS,
        /** The dump was taken some seconds before or after the text. */
        ANOTHER_MOMENT,
        /** The dump has no names of devices. */
        NO_DEVICE_NAMES,
        /** ss read /proc/net, of which sockreel keeps less. */
        FROM_PROC,
        /** The dump has no processes. */
        NO_PROCESSES,
        /** Netlink sockets of all namespaces are in one hash table, which moves them as it grows and shrinks. */
        NETLINK_HAS_NO_ORDER
    }

    private final Set<Why> why;

    SsText(Why... why) {
        this.why = why.length == 0 ? EnumSet.noneOf(Why.class) : EnumSet.copyOf(List.of(why));
    }

    /** Returns the rows of an output of ss. */
    private List<String> ofSs(byte[] text) {
        return rows(text, row -> {
            String same = row.replaceAll("\\bcgroup:\\S+", "cgroup:");
            same = same.replace("((\"odd \"\",", "((\"odd \")(,=\",");
            same = same.replaceAll("\\bsk=0 cb=0\\b", "sk=? cb=?");
            same = DEVICE.matcher(same).replaceAll(SsText::device);
            if (why.contains(Why.OLDER_SS)) {
                same = asNewest(same);
            }
            return why.contains(Why.FROM_PROC) ? fromProc(same) : same;
        });
    }

    /** Returns the rows of an output of sockreel. */
    private List<String> ofSockreel(String text) {
        return rows(text.getBytes(StandardCharsets.UTF_8), row -> {
            String same = row.replaceAll("\\bcgroup:\\S+", "cgroup:");
            if (why.contains(Why.NO_DEVICE_NAMES)) {
                same = same.replace("%if1:", "%lo:").replaceAll("\\]:if1 ", "]:lo ");
            }
            if (why.contains(Why.FROM_PROC)) {
                same = same.replaceAll(" groups=\\?", " groups=")
                        .replaceAll("^(u_.*\\S) \\? \\? (\\S+).*? (\\d+ \\* \\?)", "$1 ? ? $2 $3");
            }
            return same;
        });
    }

    private List<String> rows(byte[] text, UnaryOperator<String> each) {
        return joined(text).stream()
                .map(SsText::words)
                .filter(row -> !isOfSsItself(row) && !(why.contains(Why.FROM_PROC) && isNone(row)))
                .filter(row -> !row.contains("@odd"))
                .map(row -> row.replaceAll("(?<=/\\d{1,3}=)(\\\\[0-7]{3}|\\?)+", "")) // TCP-MD5 keys, masked
                .map(row -> why.contains(Why.OLDER_SS) ? withoutNews(row) : row)
                .map(each)
                .map(row -> why.contains(Why.ANOTHER_MOMENT) ? withoutMoving(row) : row)
                .map(row -> why.contains(Why.NO_PROCESSES) ? row.replaceAll(" users:\\(\\(.*?\\)\\)(?= |$)", "") : row)
                .collect(Collectors.collectingAndThen(Collectors.toList(), this::ordered));
    }

    private List<String> ordered(List<String> rows) {
        if (why.contains(Why.NETLINK_HAS_NO_ORDER)) {
            Iterator<String> sorted = rows.stream().filter(SsText::isNetlink).sorted().toList().iterator();
            rows.replaceAll(row -> isNetlink(row) ? sorted.next() : row);
        }
        return rows;
    }

    /**
     * A netlink address without a column that says so: a protocol and a port, a number or a process's name and number.
     */
    private static boolean isNetlink(String row) {
        return row.startsWith("nl ") || row.matches("UNCONN \\d+ \\d+ \\w+:(kernel|-?\\d+|\\S+/\\d+) \\*( .*)?");
    }

    /** Returns true for the netlink socket of ss itself, which differs from run to run. */
    private static boolean isOfSsItself(String row) {
        return row.matches("(nl )?UNCONN \\S+ \\S+ (4|tcpdiag):.*");
    }

    /** Removes what only the newest ss prints: the last heading (without -p) and more of struct tcp_info. */
    private static String withoutNews(String row) {
        return row.replaceAll("^((Netid|State|Recv-Q).*Peer Address:Port) ?Process$", "$1")
                .replaceAll(" (rcv_wnd|rehash):\\d+| usec_ts\\b", "");
    }

    /** Returns true for the rest of a name after a newline in /proc/net/unix, which ss takes for a socket. */
    private static boolean isNone(String row) {
        return row.matches("u_dgr LISTEN 0 0 \\* 0 \\* 0");
    }

    /** Joins lines broken by a newline in a name; unprintable bytes become \\xnn. */
    private static List<String> joined(byte[] text) {
        List<String> rows = new ArrayList<>();
        // ss 6.1 prints TCP-MD5 keys first.
        for (String line : escaped(text).replaceFirst("^(\\\\[0-7]{3})+", "").split("\n", -1)) {
            boolean goesOn = line.startsWith("\t") || line.startsWith(" ");
            if (line.isBlank() && !goesOn) {
                continue;
            }
            if (goesOn && !rows.isEmpty()) {
                rows.set(rows.size() - 1, rows.getLast() + " " + NEXT_LINE + " " + line);
            } else if (ROW.matcher(line).matches() || rows.isEmpty()) {
                rows.add(line);
            } else {
                rows.set(rows.size() - 1, rows.getLast() + "\\x0a" + line);
            }
        }
        return rows;
    }

    private static String escaped(byte[] text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text) {
            int c = b & 0xff;
            boolean stays = (c >= ' ' && c < 0x7f) || c == '\n' || c == '\t';
            out.append(stays ? String.valueOf((char) c) : "\\x%02x".formatted(c));
        }
        return out.toString();
    }

    private static String words(String row) {
        return String.join(" ", Arrays.stream(row.strip().split("\\s+")).toList());
    }

    // ---- versions

    /** Converts the output of iproute2 6.1 to that of 7.1: timers below ten seconds, mptcp's counters. */
    private static String asNewest(String row) {
        String same = row.replaceAll("(timer:\\([a-z]+,\\d\\.\\d{3})ms", "$1sec");
        return Pattern.compile("\\b(seq|sfseq|ssnoff|maplen|write_seq|snd_una|rcv_nxt):([0-9a-f]+)\\b").matcher(same)
                .replaceAll(SsText::decimal);
    }

    private static String decimal(MatchResult hex) {
        return hex.group(1) + ":" + new BigInteger(hex.group(2), 16);
    }

    /** Corrects a device number: ss splits it like the C library, but it is the kernel's: major &lt;&lt; 20 | minor. */
    private static String device(MatchResult dev) {
        long major = Long.parseLong(dev.group(1));
        long minor = Long.parseLong(dev.group(2));
        long number = (minor & 0xff) | major << 8 | (minor & ~0xffL) << 12;
        return "dev:" + (number >> 20) + "/" + (number & 0xfffff);
    }

    // ---- moments

    /** Removes values that change while nothing happens, and those changed by a retransmission. */
    private static String withoutMoving(String row) {
        String same = row.replaceAll(" last(snd|rcv|ack):\\d+", "");
        same = same.replaceAll(" busy:\\S+| (rwnd|sndbuf)_limited:\\S+", "");
        if (same.contains("timer:(on,") || same.contains("timer:(persist,")) {
            same = same.replaceAll(" (rto|backoff|segs_out|data_segs_out|bytes_sent|bytes_retrans|retrans|lost):\\S+",
                    "");
            same = same.replaceAll("skmem:\\S+", "skmem");
        }
        if (same.startsWith("LISTEN")) {
            same = same.replaceAll(",d\\d+\\)", ",d)"); // a full queue drops retries
        }
        return same.replaceAll("timer:\\(([a-z]+),[^)]*\\)", "timer:($1)");
    }

    // ---- /proc/net

    /** Removes what ss takes from /proc/net but sockreel does not keep, and what ss makes up. */
    private static String fromProc(String row) {
        String same = row.replaceAll(" timer:\\S+", "");
        same = same.replaceAll(" sk:[0-9a-f]+.*$", " sk:?");
        same = same.replaceAll(" sk=\\S+ cb=\\S+ groups=\\S+", " sk=? cb=? groups=");
        if (same.startsWith("u_")) {
            // Connections that nobody accepted; queues, peers and backlogs that the text lacks.
            same = same.replaceFirst(" SYN-SENT ", " ESTAB ");
            same = same.replaceFirst("^(u_... \\S+) 0 0 (.* \\d+ \\*) 0", "$1 ? ? $2 ?");
        }
        return same.replaceFirst("^(LISTEN \\d+) 0 ", "$1 ? ");
    }

    /** @param rows minimum number of rows of ss, so that no comparison is empty */
    void assertSame(String name, byte[] ofSs, String ofSockreel, int rows) {
        assertEquals("", difference(name, ofSs, ofSockreel, rows));
    }

    /**
     * Returns the first difference, empty if there is none.
     *
     * @param rows that ss's text has at least
     */
    String difference(String name, byte[] ofSs, String ofSockreel, int rows) {
        List<String> ss = ofSs(ofSs);
        List<String> ours = ofSockreel(ofSockreel);
        for (int i = 0; i < Math.min(ss.size(), ours.size()); i++) {
            if (!isSame(ss.get(i), ours.get(i))) {
                return name + ", row " + i + "\nss       " + ss.get(i) + "\nsockreel " + ours.get(i);
            }
        }
        if (ss.size() != ours.size()) {
            return name + ": ss has " + ss.size() + " rows, sockreel " + ours.size();
        }
        return ss.size() >= rows ? "" : name + " has " + ss.size() + " rows";
    }

    /** Compares two rows word by word; ours may be ? where ss prints a 0 that was not measured. */
    private static boolean isSame(String ss, String ours) {
        if (ss.equals(ours)) {
            return true;
        }
        String[] theirs = ss.split(" ", -1);
        String[] words = ours.split(" ", -1);
        if (theirs.length != words.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            boolean unknown = words[i].equals("?") && theirs[i].equals("0");
            if (!unknown && !words[i].equals(theirs[i])) {
                return false;
            }
        }
        return true;
    }
}
