package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records about 1,000 quiet sockets in a namespace and compares them with ss and with their maker. */
@Live
class LiveAgainstSsTest {
    private static final long AF_INET = 2;
    private static final int LOOKS = 5;
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static Path folder = Path.of("");
    private static Path reel = Path.of("");
    private static List<Map<String, @Nullable Object>> rows = List.of();
    private static MakerTruth maker = new MakerTruth(List.of(), List.of());
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
        Set<String> all = new HashSet<>();
        String moved = take(netns, Files.readString(truthFile));
        while (!moved.isEmpty() && all.add(moved) && all.size() < LOOKS) {
            moved = take(netns, Files.readString(truthFile));
        }
        assertTrue(rows.size() > 900 && tcp.size() > 400 && udp.size() > 90 && unix.size() > 350,
                rows.size() + " " + tcp.size() + " " + udp.size() + " " + unix.size());
    }

    /**
     * Records between two looks of ss, and returns what moved meanwhile: the clocks of new connections, and netlink
     * sockets, which an unlucky dump lists twice or not at all while the hash table of all namespaces changes its size.
     */
    private static String take(NetNamespace netns, String truth) throws IOException {
        List<SsLine> before = SsLine.inet(ss(netns, "-tanieomH"));
        CommandRun.of("record", "-o", reel.toString(), "--count", "1", "--netns", netns.name(), "--force").exits(0);
        tcp = SsLine.inet(ss(netns, "-tanieomH"));
        udp = SsLine.inet(ss(netns, "-uanemH"));
        unix = SsLine.unix(ss(netns, "-xaeH"));
        CommandRun show = CommandRun.of(reel, "show", "--format", "ndjson");
        maker = MakerTruth.of(show.out(), truth);
        rows = maker.rows();
        Set<String> moved = new TreeSet<>(still(before));
        moved.removeAll(still(tcp));
        moved.addAll(maker.differences());
        return (show.exit() == 0 ? "" : show.err()) + String.join("\n", moved);
    }

    private static Set<String> still(List<SsLine> lines) {
        return lines.stream().map(line -> {
            Map<String, String> words = new TreeMap<>(line.words());
            words.keySet().removeAll(Set.of("lastsnd", "lastrcv", "lastack", "timer", "busy"));
            return line.shown() + " " + words;
        }).collect(Collectors.toCollection(TreeSet::new));
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
                        r.get("inode"), r.get("cookie"), zero(r.get("uid"))))
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
        byte[] bytes = MakerTruth.bytes(name);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 0 ? (byte) '@' : bytes[i];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, Map<String, @Nullable Object>> byCookie() {
        return rows.stream()
                .filter(r -> r.get("cookie") != null)
                .collect(Collectors.toMap(r -> String.valueOf(r.get("cookie")), Function.identity()));
    }

    private static Map<String, @Nullable Object> struct(Map<String, @Nullable Object> row, String attribute) {
        return JsonTree.asObject(JsonTree.asObject(row.get("attributes")).get(attribute));
    }

    /** Compares all nine words; a full listener's drops count its clients' retries. */
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
                Map<String, @Nullable Object> words =
                        struct(requireNonNull(ours.get(line.cookie())), "INET_DIAG_SKMEMINFO");
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

    /** Compares the values of tcp_info that do not age, and the name of the congestion control. */
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
                // ss omits counters that are 0.
                String theirs = line.words().getOrDefault(name.getKey(), "0");
                if (!theirs.equals(String.valueOf(info.get(name.getValue())))) {
                    wrong.add(
                            line.shown() + " " + name.getValue() + " " + info.get(name.getValue()) + ", ss " + theirs);
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

    /** Other tcp, udp and unix sockets are only the ends that nobody accepted. */
    @Test
    void everySocketIsAsItsMakerSays() {
        maker.holds();
        assertEquals(maker.pending(AF_INET), maker.unaccepted("tcp"));
    }

    @Test
    void theRealSsReplaysTheExportIpv6Included() throws IOException {
        Path dump = folder.resolve("live.D");
        CommandRun.of(reel, "export", "--to", "ss-dump", "-o", dump.toString()).exits(0);
        ProcessBuilder ss = new ProcessBuilder("/usr/bin/ss", "-tanH").redirectError(ProcessBuilder.Redirect.DISCARD);
        ss.environment().put("TCPDIAG_FILE", dump.toString());
        Process process = ss.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> replayed = SsLine.inet(output).stream().map(SsLine::shown).sorted().toList();
        assertEquals(tcp.stream().map(SsLine::shown).sorted().toList(), replayed);
        assertTrue(replayed.stream().filter(l -> l.contains("[")).count() > 100, output);
    }

    @Test
    void verifyAcceptsIt() {
        CommandRun.of(reel, "verify").exits(0);
    }
}
