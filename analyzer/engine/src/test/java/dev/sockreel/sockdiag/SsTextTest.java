package dev.sockreel.sockdiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares state, queues and addresses with the rows that ss printed on the same quiet host. */
class SsTextTest {
    private static List<String> ssRows(String name) throws IOException {
        byte[] text = Files.readAllBytes(Capture.unpack(Capture.MODS).resolve("text/" + name + ".txt"));
        return new String(text, StandardCharsets.ISO_8859_1).lines()
                .filter(line -> !line.startsWith("\t"))
                .map(line -> line.replace("`- ", "").trim().replaceAll(" +", " "))
                .toList();
    }

    /** Returns a range of columns, sorted, without devices. */
    private static List<String> columns(List<String> rows, int from, int to) {
        return rows.stream().map(row -> {
            String[] c = row.split(" ");
            return String.join(" ", List.of(c).subList(from, to)).replaceAll("%[a-z0-9]+:", ":");
        }).sorted().toList();
    }

    private static List<String> ours(String... dumps) {
        return Stream.of(dumps).flatMap(d -> CapturedSockets.sockets(Capture.MODS, d).stream())
                .map(SsTextTest::row).sorted().toList();
    }

    /** ss prints a zero for what is not measured. */
    private static String row(DiagSocket s) {
        return s.state() + " " + Math.max(0, s.recvQ().kernelNumber()) + " " + Math.max(0, s.sendQ().kernelNumber())
                + " " + s.local() + " " + s.peer();
    }

    @Test
    void tcp() throws IOException {
        assertEquals(columns(ssRows("tcp"), 0, 5), ours("tcp4", "tcp6"));
    }

    @Test
    void udp() throws IOException {
        assertEquals(columns(ssRows("udp"), 0, 5), ours("udp4", "udp6"));
    }

    @Test
    void raw() throws IOException {
        assertEquals(columns(ssRows("raw"), 0, 5), ours("raw4", "raw6"));
    }

    @Test
    void mptcp() throws IOException {
        assertEquals(columns(ssRows("mptcp"), 0, 5), ours("mptcp4", "mptcp6"));
    }

    @Test
    void sctpSocketsAndTheirAssociations() throws IOException {
        assertEquals(columns(ssRows("sctp"), 0, 5), ours("sctp4"));
    }

    /** ss itself had one more socket open than the raw dump before it, with other memory. */
    @Test
    void netlink() throws IOException {
        List<String> ss = new ArrayList<>(columns(ssRows("netlink"), 0, 5));
        List<String> ours = new ArrayList<>(ours("netlink"));
        ss.removeIf(row -> row.contains(" 4:"));
        ours.removeIf(row -> row.contains(" 4:"));
        assertEquals(ss, ours);
    }

    /** ss prints the device where we print a star. */
    @Test
    void packet() throws IOException {
        List<String> ss =
                columns(ssRows("packet-pem"), 1, 6).stream().map(r -> r.replace(":lo ", ":* ")).sorted().toList();
        assertEquals(ss, ours("packet"));
        List<String> devices = CapturedSockets.sockets(Capture.MODS, "packet").stream()
                .map(s -> s.netid() + " " + s.local() + " " + s.ifindex()).sorted().toList();
        assertEquals(List.of("p_dgr [2054]:* 0", "p_raw [0]:* 0", "p_raw [34997]:* 1", "p_raw [36864]:* 1"), devices);
    }

    @Test
    void vsock() throws IOException {
        assertEquals(columns(ssRows("vsock"), 1, 6), ours("vsock"));
    }

    /** Compares netid, state, queues and inodes; names are compared with the maker's. */
    @Test
    void unix() throws IOException {
        List<String> ss = ssRows("unix").stream().filter(r -> r.startsWith("u_"))
                .map(r -> r.replaceAll("^(\\S+ \\S+ \\S+ \\S+) .*?(\\d+) \\* (\\d+) .*$", "$1 $2 $3"))
                .filter(r -> !r.contains("@")).sorted().toList();
        List<String> ours = CapturedSockets.sockets(Capture.MODS, "unix").stream()
                .map(s -> s.netid() + " " + s.state() + " " + s.recvQ().kernelNumber() + " "
                        + s.sendQ().kernelNumber() + " " + s.inode() + " " + Math.max(0, s.peerInode()))
                .sorted().toList();
        // The name with a newline splits its row.
        List<String> ssWithoutNewline = ss.stream().filter(r -> !r.contains("new")).toList();
        assertTrue(ours.containsAll(ssWithoutNewline), "rows that only ss has");
        assertEquals(1, ours.size() - ssWithoutNewline.size());
    }
}
