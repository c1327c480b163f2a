package dev.sockreel.detector;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Coverage;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.TruthSocket;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.source.ImportedCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Findings from five snapshots of real sockets, about a second apart, whose truth is known at each step. */
class SnapFindingsTest {
    private static final Path CAPTURE = Capture.unpack(Capture.MODS);
    private static final Findings FINDINGS = findings();

    private static Findings findings() {
        FindingsRun run = new FindingsRun(Thresholds.DEFAULT);
        ImportedCapture.folder(Capture.MODS, "snap").snapshots().forEach(run::add);
        return run.finish();
    }

    private static Set<String> ends(String id, Certainty certainty) {
        return FINDINGS.findings().stream()
                .filter(f -> f.id().equals(id) && f.certainty() == certainty)
                .map(f -> f.socket().socket().local() + " <- " + f.socket().peer())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Long> cookies(String id, Certainty certainty) {
        return FINDINGS.findings().stream()
                .filter(f -> f.id().equals(id) && f.certainty() == certainty)
                .map(f -> f.socket().socket().cookie())
                .collect(Collectors.toSet());
    }

    private static TruthSocket truth(int step, String name) {
        return Truth.step(CAPTURE, step).stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    private static long cookie(int step, String name) {
        return requireNonNull(truth(step, name).cookie());
    }

    private static Finding of(long cookie) {
        List<Finding> found = FINDINGS.findings().stream()
                .filter(f -> f.socket().socket().cookie() == cookie && f.id().startsWith("unread-"))
                .toList();
        assertEquals(1, found.size(), found.toString());
        return found.getFirst();
    }

    @Test
    void exactlyTheStuckTcpReadersAreProved() {
        assertEquals(
                new TreeSet<>(Set.of(
                        "127.0.0.1:22001 <- 127.0.0.1:46001", // mv.stuck
                        "127.0.0.1:22001 <- 127.0.0.1:46002", // mv.grow
                        "127.0.0.1:22001 <- 127.0.0.1:46005", // mv.tuple, opened again at step 3
                        "127.0.0.1:20001 <- 127.0.0.1:41009",
                        "127.0.0.1:20001 <- 127.0.0.1:41010",
                        "127.0.0.1:20001 <- 127.0.0.1:41011",
                        "127.0.0.1:20001 <- 127.0.0.1:41012",
                        "127.0.0.1:41012 <- 127.0.0.1:20001",
                        "[::1]:20061 <- [::1]:42009",
                        "[::ffff:127.0.0.1]:20062 <- [::ffff:127.0.0.1]:42010",
                        "127.0.0.1:20006 <- 127.0.0.1:43400",
                        "127.0.0.1:20004 <- 127.0.0.1:43201",
                        "127.0.0.1:20004 <- 127.0.0.1:43202",
                        "127.0.0.1:20004 <- 127.0.0.1:43203")),
                ends("unread-stuck", Certainty.PROVED));
        assertTrue(FINDINGS.findings().stream()
                .filter(f -> f.id().equals("unread-stuck"))
                .allMatch(f -> f.certainty() == Certainty.PROVED));
    }

    /** Only where the queue grows, or the sender's own buffer is full and stands still: that is who is blocked. */
    @Test
    void severityIsImpact() {
        assertEquals(
                Set.of("127.0.0.1:22001 <- 127.0.0.1:46002", "127.0.0.1:20001 <- 127.0.0.1:41011"),
                FINDINGS.findings().stream()
                        .filter(f -> f.id().equals("unread-stuck") && f.severity() == Severity.CRITICAL)
                        .map(f -> f.socket().socket().local() + " <- " + f.socket().peer())
                        .collect(Collectors.toSet()));
    }

    /** mv.tuple was closed and opened again with the same addresses between 2 and 3: two sockets. */
    @Test
    void theSecondSocketOfTheSameAddressesIsStuckSinceItsOwnBegin() {
        assertTrue(cookie(2, "mv.tuple.server") != cookie(3, "mv.tuple.server"));
        Finding second = of(cookie(3, "mv.tuple.server"));
        assertEquals(3, second.snapshots());
        assertEquals(2, second.evidence().getFirst().snapshot());
        assertTrue(FINDINGS.findings().stream()
                .noneMatch(f -> f.socket().socket().cookie() == requireNonNull(truth(1, "mv.tuple.server").cookie())));
    }

    @Test
    void trendsAreTheMakers() {
        Finding grow = of(cookie(1, "mv.grow.server"));
        assertEquals("growing", grow.trend());
        assertEquals(List.of(11000L, 21000L, 31000L, 41000L, 51000L),
                grow.evidence().stream().map(e -> e.fields().get("unread")).toList());
        assertTrue(grow.evidence().stream().allMatch(e -> Long.valueOf(0).equals(e.fields().get("readPosition"))));
        Finding stuck = of(cookie(1, "mv.stuck.server"));
        assertEquals("constant", stuck.trend());
        assertEquals(5, stuck.snapshots());
        assertEquals(9L, requireNonNull(stuck.evidence().getFirst().fields().get("tcpi_bytes_received")));
    }

    /** 500 bytes of 41012 were read before: the position stands above 0 and does not move. */
    @Test
    void aPositionAboveZeroIsStuckAsWell() {
        Finding f = FINDINGS.findings().stream()
                .filter(x -> "127.0.0.1:20001".equals(AddressText.orNull(x.socket().socket().local()))
                        && "127.0.0.1:41012".equals(AddressText.orNull(x.socket().peer())))
                .findFirst()
                .orElseThrow();
        assertEquals(Set.of(200L),
                f.evidence().stream().map(e -> e.fields().get("readPosition")).collect(Collectors.toSet()));
    }

    @Test
    void fullAcceptQueues() {
        Set<String> full = FINDINGS.findings().stream()
                .filter(f -> f.id().equals("accept-queue-full"))
                .map(f -> f.socket().socket().local() + " " + f.evidence().getLast().fields().get("pendingConnections")
                        + "/" + f.evidence().getLast().fields().get("backlogLimit") + " " + f.severity())
                .collect(Collectors.toSet());
        assertEquals(Set.of("127.0.0.1:20002 3/2 CRITICAL", "/tmp/holdout-1.sock 2/1 CRITICAL"), full);
    }

    @Test
    void aUnixQueueThatOnlyGrowsIsLikely() {
        assertEquals(Set.of(cookie(1, "mv.ugrow.server")), cookies("unread-unproven", Certainty.LIKELY));
        Finding f = of(cookie(1, "mv.ugrow.server"));
        assertEquals("growing", f.trend());
        assertEquals(Severity.WARNING, f.severity());
        assertEquals(List.of(4000L, 7000L, 10000L, 13000L, 16000L),
                f.evidence().stream().map(e -> e.fields().get("unread")).toList());
    }

    /** mv.ustuck and mv.ubusy look the same to the kernel, so they cannot be distinguished. */
    @Test
    void constantUnixQueuesAreUndecided() {
        Set<Long> listed = cookies("unread-unproven", Certainty.CANNOT_TELL);
        assertTrue(listed.contains(cookie(1, "mv.ustuck.server")));
        assertTrue(listed.contains(cookie(1, "mv.ubusy.server")));
        assertEquals(19, listed.size());
        for (Finding f : FINDINGS.findings()) {
            if (listed.contains(f.socket().socket().cookie()) && f.id().equals("unread-unproven")) {
                assertEquals(Severity.INFO, f.severity());
                assertEquals("constant", f.trend());
                assertEquals(1, f.socket().socket().family());
            }
        }
    }

    /** They are all unix sockets with constant unread data, by the truth of the five steps and of the setup. */
    @Test
    void theUndecidedOnesAreExactlyTheUnixSocketsWithConstantData() {
        Set<Long> expected = Truth.setup(CAPTURE).stream()
                .filter(t -> t.domain() != null && t.domain() == 1 && t.unread() != null && t.unread() > 0)
                .filter(t -> t.cookie() != null && !t.name().startsWith("mv.") && !t.name().startsWith("other."))
                .filter(t -> !"LISTEN".equals(t.state()))
                // closed before the snapshots
                .filter(t -> !t.name().startsWith("fleet."))
                .map(t -> requireNonNull(t.cookie()))
                .collect(Collectors.toSet());
        expected.add(cookie(1, "mv.ustuck.server"));
        expected.add(cookie(1, "mv.ubusy.server"));
        expected.add(cookie(2, "mv.new.server"));
        Set<Long> listed = cookies("unread-unproven", Certainty.CANNOT_TELL);
        Set<Long> missing = new TreeSet<>(expected);
        missing.removeAll(listed);
        assertEquals(Set.of(), missing);
        listed.removeAll(expected);
        // The one in flight has no descriptor, so the truth lacks its cookie.
        assertEquals(
                List.of(10398L),
                FINDINGS.findings().stream()
                        .filter(f -> f.id().equals("unread-unproven") && listed.contains(f.socket().socket().cookie()))
                        .map(f -> f.socket().socket().inode())
                        .toList());
    }

    @Test
    void whoReadsIsNotAccused() {
        Set<Long> accused = FINDINGS.findings().stream()
                .filter(f -> f.severity() != Severity.INFO)
                .map(f -> f.socket().socket().cookie())
                .collect(Collectors.toSet());
        for (String name : List.of("mv.busy.server", "mv.drain.server", "mv.udrain.server", "mv.ubusy.server")) {
            assertTrue(!accused.contains(cookie(1, name)), name);
        }
        Set<Long> named = FINDINGS.findings().stream()
                .map(f -> f.socket().socket().cookie())
                .collect(Collectors.toSet());
        for (String name : List.of("mv.busy.server", "mv.drain.server", "mv.udrain.server")) {
            assertTrue(!named.contains(cookie(1, name)), name);
        }
    }

    /** Client ports 43000 to 43002: no reader has them yet, so none is stuck. */
    @Test
    void connectionsThatWereNeverAccepted() {
        assertEquals(
                Set.of("127.0.0.1:43000 10", "127.0.0.1:43001 11", "127.0.0.1:43002 12"),
                FINDINGS.findings().stream()
                        .filter(f -> f.id().equals("never-accepted"))
                        .peek(f -> assertEquals("127.0.0.1:20002", f.evidence().getFirst().fields().get("listener")))
                        .map(f -> f.socket().peer() + " " + f.evidence().getLast().fields().get("unread"))
                        .collect(Collectors.toSet()));
    }

    /** Their pipes are full, but the kernel's own number of the window is not 0 (20608), and no probe timer runs. */
    @Test
    void sendersWhoseOtherEndDoesNotRead() {
        assertEquals(
                Set.of("127.0.0.1:41011 <- 127.0.0.1:20001", "127.0.0.1:43203 <- 127.0.0.1:20004"),
                ends("send-stalled", Certainty.LIKELY));
        assertEquals(2, FINDINGS.findings().stream()
                .filter(f -> f.id().equals("send-stalled") && f.why().contains("does not read (unread-stuck)"))
                .count());
    }

    @Test
    void closeWaitsAndTheSocketInFlight() {
        assertEquals(
                Set.of("127.0.0.1:20004 <- 127.0.0.1:43200", "127.0.0.1:20004 <- 127.0.0.1:43201",
                        "127.0.0.1:20004 <- 127.0.0.1:43202"),
                ends("eof-unread", Certainty.PROVED));
        assertEquals(List.of(10398L), FINDINGS.findings().stream()
                .filter(f -> f.id().equals("no-owner-unread"))
                .map(f -> f.socket().socket().inode())
                .toList());
    }

    /** Senders to mv.ugrow are as likely stuck as it is; senders to constant queues are undecided. */
    @Test
    void whoWaitsForAUnixReaderFollowsItsCause() {
        long grows = requireNonNull(truth(1, "mv.ugrow.server").inode());
        for (Finding f : FINDINGS.findings()) {
            if (f.id().equals("unix-peer-stuck")) {
                boolean likely = f.socket().socket().peerInode() == grows;
                assertEquals(likely ? Certainty.LIKELY : Certainty.CANNOT_TELL, f.certainty());
                assertEquals(likely ? Severity.WARNING : Severity.INFO, f.severity());
            }
        }
    }

    @Test
    void nothingElseIsAboveInfo() {
        assertEquals(
                Map.ofEntries(
                        Map.entry("accept-queue-full", 2L), Map.entry("connect-hangs", 2L),
                        Map.entry("eof-unread", 3L),
                        Map.entry("never-accepted", 3L),
                        Map.entry("no-owner-unread", 1L), Map.entry("send-stalled", 2L),
                        Map.entry("unix-peer-stuck", 1L),
                        Map.entry("unread-stuck", 14L), Map.entry("unread-unproven", 1L)),
                counts(FINDINGS));
        // the worst first
        List<Severity> order = FINDINGS.findings().stream().map(Finding::severity).toList();
        assertEquals(order.stream().sorted(java.util.Comparator.reverseOrder()).toList(), order);
    }

    /** Counts the findings above info by id. */
    private static Map<String, Long> counts(Findings findings) {
        return findings.findings().stream()
                .filter(f -> f.severity() != Severity.INFO)
                .collect(Collectors.groupingBy(Finding::id, Collectors.counting()));
    }

    private static Findings of(List<Snapshot> snapshots, int minSnapshots) {
        FindingsRun run = new FindingsRun(new Thresholds(minSnapshots, Thresholds.DEFAULT.minTime()));
        snapshots.forEach(run::add);
        return run.finish();
    }

    /** Returns id, addresses and certainty of the findings above info, to compare two runs. */
    private static Set<String> listed(Findings findings) {
        return findings.findings().stream()
                .filter(f -> f.severity() != Severity.INFO)
                .map(f -> f.id() + " " + f.socket().socket() + " " + f.certainty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** mv.tuple's second socket is in two of the remaining three. */
    @Test
    void withEverySecondSnapshotTakenOut() {
        List<Snapshot> all = ImportedCapture.folder(Capture.MODS, "snap").snapshots();
        List<Snapshot> odd = List.of(all.get(0), all.get(2), all.get(4));
        Set<String> missing = new TreeSet<>(listed(FINDINGS));
        missing.removeAll(listed(of(odd, 3)));
        assertEquals(1, missing.size(), missing.toString());
        assertTrue(missing.iterator().next().contains("127.0.0.1:22001 127.0.0.1:46005"), missing.toString());
        Set<String> invented = new TreeSet<>(listed(of(odd, 3)));
        invented.removeAll(listed(FINDINGS));
        assertEquals(Set.of(), invented);
        assertEquals(listed(FINDINGS), listed(of(odd, 2)));
    }

    /**
     * The third snapshot's dumps were received with a buffer that was too small. Counters still prove across it;
     * findings that rest on constant growth become undecided.
     */
    @Test
    void withATruncatedDumpInBetween() throws IOException {
        Findings cut = of(withSnapshotTruncated(2), 3);
        Set<String> expected = listed(FINDINGS).stream()
                .map(t -> t.startsWith("unread-unproven") || t.startsWith("unix-peer-stuck")
                        ? t.replace("LIKELY", "CANNOT_TELL") : t)
                .filter(t -> !t.startsWith("no-owner-unread"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = listed(cut);
        listed.removeIf(t -> t.startsWith("no-owner-unread"));
        // the second socket of the same addresses was seen twice, one of five snapshots is not enough
        expected.removeIf(t -> t.contains("127.0.0.1:22001 127.0.0.1:46005"));
        assertEquals(expected, listed);
        assertEquals(3, cut.dumps().stream().filter(d -> d.verdict() == DumpVerdict.TRUNCATED).count());
    }

    /** Logs every datagram of one folder as cut after its first message. */
    private static List<Snapshot> withSnapshotTruncated(int index) throws IOException {
        Path folder = Files.createTempDirectory("cut-");
        for (int i = 1; i <= 5; i++) {
            Path to = Files.createDirectory(folder.resolve(Integer.toString(i)));
            try (Stream<Path> files = Files.list(CAPTURE.resolve("snap/" + i))) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
            if (i == index + 1) {
                List<String> lines = Files.readAllLines(to.resolve("index.tsv")).stream()
                        .map(l -> l.startsWith("#") ? l : cut(l)).toList();
                Files.write(to.resolve("index.tsv"), lines);
            }
        }
        return ImportedCapture.of(folder).snapshots();
    }

    /** Cuts a line of index.tsv: name, recv, offset, length, msg_flags, … */
    private static String cut(String line) {
        String[] cells = line.split("\t", -1);
        int length = Integer.parseInt(cells[3]);
        if (length > 1000) {
            cells[3] = "600";
            cells[4] = "0x20";
        }
        return String.join("\t", cells);
    }

    @Test
    void ownersStandBesideEachFinding() {
        for (Finding f : FINDINGS.findings()) {
            Socket s = f.socket().socket();
            boolean held = s.inode() > 0 && s.inode() != 10398;
            assertEquals(!held, requireNonNull(f.socket().owners()).isEmpty(), s.toString());
        }
    }

    @Test
    void dumpsAndCoverageAreListedInTheOrderOfTheSource() {
        assertEquals(15, FINDINGS.dumps().size());
        assertTrue(FINDINGS.dumps().stream().allMatch(d -> d.verdict() == DumpVerdict.COMPLETE));
        assertEquals(List.of("tcp4", "tcp6", "unix"), List.copyOf(FINDINGS.coverage().families().keySet()));
        FINDINGS.coverage().families().values().forEach(s -> assertEquals(new Coverage.Seen(5, 0, 0), s));
    }
}
