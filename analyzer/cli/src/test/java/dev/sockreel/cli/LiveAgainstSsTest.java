package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** About 1,000 quiet sockets in a namespace, recorded from the live kernel, against ss and against their maker. */
class LiveAgainstSsTest {
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static Path folder = Path.of("");
    private static Path reel = Path.of("");
    private static List<Map<String, @Nullable Object>> rows = List.of();
    private static List<Map<String, @Nullable Object>> truth = List.of();
    private static List<SsLine> tcp = List.of();
    private static List<SsLine> udp = List.of();
    private static List<SsLine> unix = List.of();

    @BeforeAll
    static void record() throws IOException {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        assumeTrue(NativePrograms.isAvailable(), "the socket maker needs cc");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ss")), "there is no /usr/bin/ss here");
        folder = Files.createTempDirectory("live-");
        NetNamespace netns = NetNamespace.create();
        OPEN.add(netns);
        Path truthFile = folder.resolve("truth.jsonl");
        OPEN.add(SocketMaker.start(netns, "--mixed", "--truth", truthFile.toString()));
        reel = folder.resolve("live.reel");
        CommandRun.of("record", "-o", reel.toString(), "--count", "1", "--netns", netns.name()).exits(0);
        tcp = SsLine.inet(ss(netns, "-tanieomH"));
        udp = SsLine.inet(ss(netns, "-uanemH"));
        unix = SsLine.unix(ss(netns, "-xaeH"));
        rows = JsonTree.lines(CommandRun.of(reel, "show", "--format", "ndjson").exits(0).out());
        truth = JsonTree.lines(Files.readString(truthFile));
        assertTrue(rows.size() > 900 && tcp.size() > 400 && udp.size() > 90 && unix.size() > 350,
                rows.size() + " " + tcp.size() + " " + udp.size() + " " + unix.size());
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable open : OPEN.reversed()) {
            open.close();
        }
        for (String name : List.of("live.reel", "truth.jsonl", "live.D")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        if (!folder.toString().isEmpty()) {
            Files.deleteIfExists(folder);
        }
    }

    private static String ss(NetNamespace netns, String options) throws IOException {
        Process process = netns.start(netns.command(List.of("/usr/bin/ss", options))
                .redirectError(ProcessBuilder.Redirect.DISCARD));
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<Map<String, @Nullable Object>> rows(String netid) {
        return rows.stream().filter(r -> String.valueOf(r.get("netid")).startsWith(netid)).toList();
    }

    private static Set<String> asSs(String netid) {
        return rows(netid).stream()
                .map(r -> "%s %s %s %s %s ino:%s sk:%s uid:%s".formatted(
                        r.get("state"), zero(r.get("recvQ")), zero(r.get("sendQ")), r.get("local"), r.get("peer"),
                        r.get("inode"), r.get("cookie"), r.get("uid")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** ss prints a zero where nothing was measured. */
    private static Object zero(@Nullable Object number) {
        return number == null ? 0L : number;
    }

    private static Set<String> ofSs(List<SsLine> lines) {
        return lines.stream()
                .map(l -> l.shown() + " ino:" + l.inode() + " sk:" + l.cookie() + " uid:"
                        + l.words().getOrDefault("uid", "0"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void same(Set<String> ss, Set<String> ours) {
        Set<String> missing = new TreeSet<>(ss);
        missing.removeAll(ours);
        Set<String> invented = new TreeSet<>(ours);
        invented.removeAll(ss);
        assertEquals(Set.of(), missing, "ss shows them, sockreel does not");
        assertEquals(Set.of(), invented, "sockreel shows them, ss does not");
    }

    @Test
    void tcpIsWhatSsShows() {
        same(ofSs(tcp), asSs("tcp"));
        assertEquals(tcp.size(), rows("tcp").size());
    }

    @Test
    void udpIsWhatSsShows() {
        same(ofSs(udp), asSs("udp"));
        assertEquals(udp.size(), rows("udp").size());
    }

    /** ss prints a NUL inside an abstract name as @, and newlines as they are. */
    @Test
    void unixIsWhatSsShows() {
        Set<String> ours = rows("u_").stream()
                .map(r -> "%s %s %s %s %s %s %s".formatted(
                        r.get("netid"), r.get("state"), zero(r.get("recvQ")), zero(r.get("sendQ")),
                        r.get("local") == null ? "*" : asSsPrints(String.valueOf(r.get("local"))), r.get("inode"),
                        zero(r.get("peerInode"))))
                .collect(Collectors.toCollection(TreeSet::new));
        same(unix.stream().map(SsLine::shown).collect(Collectors.toCollection(TreeSet::new)), ours);
        assertEquals(unix.size(), rows("u_").size());
    }

    private static String asSsPrints(String name) {
        byte[] bytes = bytes(name);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 0 ? (byte) '@' : bytes[i];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes behind a printed name. */
    private static byte[] bytes(String name) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (name.startsWith("\\x", i)) {
                hex.append(name, i + 2, i + 4);
                i += 3;
            } else {
                hex.append(HexFormat.of().formatHex(name.substring(i, i + 1).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return HexFormat.of().parseHex(hex);
    }

    private static Map<String, Map<String, @Nullable Object>> byCookie() {
        return rows.stream()
                .filter(r -> r.get("cookie") != null)
                .collect(Collectors.toMap(r -> String.valueOf(r.get("cookie")), Function.identity()));
    }

    /** Rows of /proc/net, which stand in for a missing handler, have no cookie: there the inode must do. */
    private static Map<Object, Map<String, @Nullable Object>> textByInode() {
        return rows.stream()
                .filter(r -> r.get("cookie") == null)
                .collect(Collectors.toMap(r -> requireNonNull(r.get("inode")), Function.identity()));
    }

    private static Map<String, @Nullable Object> struct(Map<String, @Nullable Object> row, String attribute) {
        return JsonTree.asObject(JsonTree.asObject(row.get("attributes")).get(attribute));
    }

    /** All nine words; a full listener's drops count its clients' retries. */
    @Test
    void memoryWordsAreThoseOfSs() {
        Map<String, String> names = Map.of(
                "r", "SK_MEMINFO_RMEM_ALLOC", "rb", "SK_MEMINFO_RCVBUF", "t", "SK_MEMINFO_WMEM_ALLOC",
                "tb", "SK_MEMINFO_SNDBUF", "f", "SK_MEMINFO_FWD_ALLOC", "w", "SK_MEMINFO_WMEM_QUEUED",
                "o", "SK_MEMINFO_OPTMEM", "bl", "SK_MEMINFO_BACKLOG", "d", "SK_MEMINFO_DROPS");
        Map<String, Map<String, @Nullable Object>> ours = byCookie();
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (List<SsLine> lines : List.of(tcp, udp)) {
            for (SsLine line : lines) {
                boolean retried = line.shown().startsWith("LISTEN 5 4 ") || line.shown().startsWith("SYN-SENT");
                Map<String, @Nullable Object> words = struct(requireNonNull(ours.get(line.cookie())), "INET_DIAG_SKMEMINFO");
                Map<String, Long> skmem = line.skmem();
                assertEquals(names.keySet(), skmem.keySet(), line.toString());
                for (Map.Entry<String, Long> word : skmem.entrySet()) {
                    String name = requireNonNull(names.get(word.getKey()));
                    if (!retried && !Objects.equals(word.getValue(), words.get(name))) {
                        wrong.add(line.shown() + " " + name + " " + words.get(name) + ", ss " + word.getValue());
                    }
                    compared++;
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(compared > 4000, "compared " + compared);
    }

    /** What does not age in tcp_info, and the name of the congestion control. */
    @Test
    void tcpInfoIsThatOfSs() {
        Map<String, String> names = Map.of(
                "mss", "tcpi_snd_mss", "pmtu", "tcpi_pmtu", "rcvmss", "tcpi_rcv_mss", "advmss", "tcpi_advmss",
                "bytes_sent", "tcpi_bytes_sent", "bytes_acked", "tcpi_bytes_acked",
                "bytes_received", "tcpi_bytes_received", "segs_out", "tcpi_segs_out", "segs_in", "tcpi_segs_in");
        Map<String, Map<String, @Nullable Object>> ours = byCookie();
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (SsLine line : tcp) {
            Map<String, @Nullable Object> row = requireNonNull(ours.get(line.cookie()));
            Object cong = JsonTree.asObject(row.get("attributes")).get("INET_DIAG_CONG");
            if (!line.plain().contains(String.valueOf(cong))) {
                wrong.add(line.shown() + " congestion control " + cong + ", ss " + line.plain());
            }
            if (!line.shown().startsWith("ESTAB")) {
                continue;
            }
            Map<String, @Nullable Object> info = struct(row, "INET_DIAG_INFO");
            for (Map.Entry<String, String> name : names.entrySet()) {
                // ss leaves counters out that are 0
                String theirs = line.words().getOrDefault(name.getKey(), "0");
                if (!theirs.equals(String.valueOf(info.get(name.getValue())))) {
                    wrong.add(line.shown() + " " + name.getValue() + " " + info.get(name.getValue()) + ", ss " + theirs);
                }
                compared++;
            }
            String scale = info.get("tcpi_snd_wscale") + "," + info.get("tcpi_rcv_wscale");
            if (!scale.equals(line.words().get("wscale"))) {
                wrong.add(line.shown() + " wscale " + scale + ", ss " + line.words().get("wscale"));
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(compared > 3000, "compared " + compared);
    }

    @Test
    void everySocketIsAsItsMakerSays() {
        Map<String, Map<String, @Nullable Object>> ours = byCookie();
        Map<Object, Map<String, @Nullable Object>> text = textByInode();
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Map<String, @Nullable Object> t : truth) {
            String kind = String.valueOf(t.get("kind"));
            Map<String, @Nullable Object> row = ours.get(String.valueOf(t.get("cookie")));
            row = row == null ? text.get(requireNonNull(t.get("inode"))) : row;
            if (row == null) {
                wrong.add(kind + " is missing: " + t);
                continue;
            }
            compared++;
            compare(wrong, t, row, "inode", "inode");
            compare(wrong, t, row, "state", "state");
            if (t.get("pending") != null) {
                compare(wrong, t, row, "pending", "recvQ");
                compare(wrong, t, row, "backlog", "sendQ");
            } else if (row.get("unread") != null && t.get("unread") != null) {
                compare(wrong, t, row, "unread", "unread");
            }
            // both families in one socket: ss prints * for its address, and so do we
            if (kind.equals("mapped.listener")) {
                assertEquals(String.valueOf(t.get("local")).replace("[::]", "*"), row.get("local"));
            } else if (t.get("local") != null) {
                compare(wrong, t, row, "local", "local");
            }
            if (t.get("remote") != null) {
                compare(wrong, t, row, "remote", "peer");
            }
            if (t.get("local_hex") != null && !Arrays.equals(sunPath(t), bytes(String.valueOf(row.get("local"))))) {
                wrong.add(kind + " name " + row.get("local") + ", truth " + t.get("local_hex"));
            }
            Object pid = JsonTree.asObjects(row.get("owners")).stream()
                    .filter(o -> Objects.equals(o.get("fd"), t.get("fd")))
                    .map(o -> o.get("pid"))
                    .findFirst().orElse(null);
            if (!Objects.equals(pid, t.get("pid"))) {
                wrong.add(kind + " owners " + row.get("owners") + ", truth " + t.get("pid") + " fd " + t.get("fd"));
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(compared > 900, "compared " + compared);
    }

    /** Abstract names print their first NUL as @; paths lose the NUL at their end. */
    private static byte[] sunPath(Map<String, @Nullable Object> t) {
        byte[] bytes = HexFormat.of().parseHex(String.valueOf(t.get("local_hex")));
        if (bytes[0] == 0) {
            bytes[0] = '@';
            return bytes;
        }
        return bytes[bytes.length - 1] == 0 ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private static void compare(
            List<String> wrong, Map<String, @Nullable Object> t, Map<String, @Nullable Object> row, String theirs, String ours) {
        if (!Objects.equals(t.get(theirs), row.get(ours))) {
            wrong.add(t.get("kind") + " " + ours + " " + row.get(ours) + ", truth " + t.get(theirs));
        }
    }

    /** What the maker did not make: nothing of tcp, udp or unix but the ends that nobody accepted. */
    @Test
    void noSocketIsInvented() {
        Set<String> made = new HashSet<>();
        Set<Object> madeInodes = new HashSet<>();
        truth.forEach(t -> {
            made.add(String.valueOf(t.get("cookie")));
            madeInodes.add(requireNonNull(t.get("inode")));
        });
        List<String> others = rows.stream()
                .filter(r -> r.get("cookie") != null || !madeInodes.contains(requireNonNull(r.get("inode"))))
                .filter(r -> !made.contains(String.valueOf(r.get("cookie"))) && !"nl".equals(r.get("netid")))
                .filter(r -> !(Objects.equals(r.get("inode"), 0L) && "tcp".equals(r.get("netid"))))
                .map(r -> r.get("netid") + " " + r.get("local") + " " + r.get("peer"))
                .toList();
        assertEquals(List.of(), others);
    }

    @Test
    void theRealSsReplaysTheExportIpv6Included() throws IOException {
        Path dump = folder.resolve("live.D");
        CommandRun.of(reel, "export", "--to", "ss-dump", "-o", dump.toString()).exits(0);
        ProcessBuilder ss = new ProcessBuilder("/usr/bin/ss", "-tanH").redirectError(ProcessBuilder.Redirect.DISCARD);
        ss.environment().put("TCPDIAG_FILE", dump.toString());
        Process process = ss.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> replayed = SsLine.inet(said).stream().map(SsLine::shown).sorted().toList();
        assertEquals(tcp.stream().map(SsLine::shown).sorted().toList(), replayed);
        assertTrue(replayed.stream().filter(l -> l.contains("[")).count() > 100, said);
    }

    @Test
    void verifyAcceptsIt() {
        CommandRun.of(reel, "verify").exits(0);
    }
}
