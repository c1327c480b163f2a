package dev.sockreel.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.Sample;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.ImportedCapture;
import dev.sockreel.source.Walker;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares verdict and count of every dump of every fixture with an independent implementation, and prints the table.
 */
class VerdictTableTest {
    private static final List<String> TABLE = new ArrayList<>();
    private static int dumps;
    private static int wrong;

    @TempDir
    private Path folder;

    @AfterAll
    static void print() {
        TABLE.forEach(System.out::println);
        System.out.println("verdicts: " + dumps + " dumps, " + wrong + " wrong");
    }

    private static void check(String where, List<VerdictOracle.Expected> expected, List<Dump> found) {
        List<String> want = expected.stream().map(e -> line(where, e.name(), e.verdict(), e.sockets())).toList();
        List<String> have = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            String name = i < expected.size() ? expected.get(i).name() : found.get(i).family();
            have.add(line(where, name, found.get(i).verdict().id(), found.get(i).sockets()));
        }
        TABLE.addAll(have);
        dumps += have.size();
        wrong += (int) have.stream().filter(line -> !want.contains(line)).count()
                + Math.max(0, want.size() - have.size());
        assertEquals(String.join("\n", want), String.join("\n", have));
    }

    private static String line(String where, String name, String verdict, int sockets) {
        return String.format(Locale.ROOT, "  %-28s %-14s %-12s %5d", where, name, verdict, sockets);
    }

    private static void checkFolder(String capture, String name) throws IOException {
        Path path = Capture.unpack(capture).resolve(name);
        check(capture + " " + name, VerdictOracle.of(path), ImportedCapture.folder(capture, name).dumps());
    }

    @Test
    void loggedDumps() throws IOException {
        for (String capture : Capture.names()) {
            checkFolder(capture, "raw");
            checkFolder(capture, "raw-again");
            checkFolder(capture, "user/raw");
        }
    }

    @Test
    void seriesOfSnapshots() throws IOException {
        for (String capture : Capture.names()) {
            List<VerdictOracle.Expected> expected = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                expected.addAll(VerdictOracle.of(Capture.unpack(capture).resolve("snap/" + i)));
            }
            check(capture + " snap", expected, ImportedCapture.folder(capture, "snap").dumps());
        }
    }

    /**
     * The fleet was killed after the fourth receive of tcp4: sockets listed before have other ends that were walked too
     * late. By its own bytes the dump is complete. The dump of unix sockets began when they were already gone.
     */
    @Test
    void racesAreTorn() throws IOException {
        for (String capture : List.of(Capture.MODS, Capture.PARTIAL)) {
            List<VerdictOracle.Expected> expected = VerdictOracle.of(Capture.unpack(capture).resolve("race")).stream()
                    .map(e -> e.name().equals("tcp4")
                            ? new VerdictOracle.Expected(e.name(), "inconsistent", e.sockets()) : e)
                    .toList();
            check(capture + " race", expected, ImportedCapture.folder(capture, "race").dumps());
        }
        checkFolder(Capture.NOMODS, "race");
    }

    /** Each dump has as many sockets as the 6.1 kernel counted, even where some kinds are not counted. */
    @Test
    void countsBesideRealDumpsAgree() throws IOException {
        Path from = Capture.unpack(Capture.MODS);
        Path log = ImportedCapture.copy(from.resolve("raw"));
        for (String name : List.of("protocols", "sockstat", "sockstat6")) {
            Files.copy(from.resolve("proc-before").resolve(name), log.resolve("proc-" + name));
        }
        List<Dump> found = ImportedCapture.of(log).dumps();
        check("amd64-6.1-mods raw counted", VerdictOracle.of(log), found);
    }

    /**
     * Uses counts from before the fleet was killed: the dump of the race lists fewer. For unix sockets they show
     * nothing, because queued datagrams may keep hundreds of closed senders counted.
     */
    @Test
    void countsRevealTheRace() throws IOException {
        Path from = Capture.unpack(Capture.MODS);
        Path log = ImportedCapture.copy(from.resolve("race"));
        Files.copy(from.resolve("proc-before/protocols"), log.resolve("proc-protocols"));
        List<Dump> found = ImportedCapture.of(log).dumps();
        assertEquals(2, found.size());
        assertEquals(List.of(DumpFault.COUNT_MISMATCH, DumpFault.HALF_CONNECTION),
                found.getFirst().faults().stream().map(Fault::kind).toList());
        assertTrue(found.getLast().isComplete());
    }

    @Test
    void ssDumps() throws IOException {
        for (String capture : Capture.names()) {
            try (Stream<Path> files = Files.list(Capture.unpack(capture).resolve("ssD"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".D")).sorted().toList()) {
                    ssDump(capture, file);
                }
            }
        }
    }

    /** Checks a file of ss -D; its name says what was requested. Without modules both requests got errors. */
    private void ssDump(String capture, Path file) throws IOException {
        List<Dump> found = ImportedCapture.of(file).dumps();
        String name = String.valueOf(file.getFileName());
        List<VerdictOracle.Expected> expected = new ArrayList<>();
        for (Dump dump : found) {
            boolean missing = capture.equals(Capture.NOMODS);
            int af = dump.family().equals("tcp6") ? 10 : 2;
            int listed = missing ? 0 : (int) Walker.sockets(
                    Files.readAllBytes(file), ByteOrder.LITTLE_ENDIAN, af);
            expected.add(new VerdictOracle.Expected(name, missing ? "unavailable" : "complete", listed));
        }
        assertEquals(!capture.equals(Capture.NOMODS) && (name.equals("tcp4.D") || name.equals("tcp6.D")) ? 1 : 2,
                found.size(), capture + " " + name);
        check(capture + " ssD", expected, found);
    }

    /** Samples: a reader with a 1 KiB buffer (17 of 57 sockets, yet NLMSG_DONE), one that stopped, and whole dumps. */
    @Test
    void samplesAsTheyWereReceived() throws IOException {
        for (Sample sample : Sample.values()) {
            String name = switch (sample) {
                case COMPLETE_TCP6 -> "tcp6";
                case COMPLETE_UDP -> "udp4";
                case COMPLETE_UNIX -> "unix";
                default -> "tcp4";
            };
            Path log = Files.createDirectories(folder.resolve(sample.name()));
            Files.write(log.resolve(name + ".bin"), sample.bytes());
            Files.writeString(log.resolve("index.tsv"), index(name, sample));
            VerdictOracle.Expected expected = switch (sample) {
                case TRUNCATED_1K_ALL_RECEIVES -> new VerdictOracle.Expected(name, "truncated", 17);
                case TRUNCATED_1K_FIRST_RECEIVE -> new VerdictOracle.Expected(name, "truncated", 2);
                case STOPPED_BEFORE_DONE -> new VerdictOracle.Expected(name, "unfinished", 7);
                default -> new VerdictOracle.Expected(name, "complete", sample.socketMessages());
            };
            check("sample " + sample.name().toLowerCase(Locale.ROOT).replace("_1k", ""), List.of(expected),
                    ImportedCapture.of(log).dumps());
        }
    }

    private static String index(String name, Sample sample) {
        boolean cut = sample.name().startsWith("TRUNCATED");
        int length = sample.bytes().length;
        int each = cut ? 1024 : length;
        StringBuilder lines =
                new StringBuilder("#name\trecv\toffset\tlength\tmsg_flags\tbufsize\trealtime_ns\tremark\n");
        for (int at = 0; at < length; at += each) {
            boolean whole = !cut || length - at < each;
            lines.append("%s\t%d\t%d\t%d\t%s\t%d\t1\t%n".formatted(
                    name, at / each, at, Math.min(each, length - at), whole ? "0x0" : "0x20", each));
        }
        return lines.toString();
    }

    /** Cuts show even without datagram boundaries: the messages do not follow one another. */
    @Test
    void cutSamplesAsSsDumps() throws IOException {
        for (Sample sample : List.of(
                Sample.TRUNCATED_1K_ALL_RECEIVES, Sample.TRUNCATED_1K_FIRST_RECEIVE, Sample.STOPPED_BEFORE_DONE)) {
            Path file = Files.write(folder.resolve(sample + ".D"), sample.bytes());
            List<DumpVerdict> verdicts = ImportedCapture.of(file).dumps().stream().map(Dump::verdict).toList();
            assertTrue(verdicts.contains(DumpVerdict.TRUNCATED) || verdicts.contains(DumpVerdict.UNFINISHED),
                    sample + " " + verdicts);
        }
    }

    @Test
    void theLiveCaptureIsComplete() throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(LiveCapture.reel(folder))) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                for (Dump dump : s.dumps()) {
                    wrong += dump.isComplete() || dump.verdict() == DumpVerdict.UNAVAILABLE ? 0 : 1;
                    assertTrue(dump.isComplete() || dump.verdict() == DumpVerdict.UNAVAILABLE,
                            dump.faults().toString());
                    TABLE.add(line("live-6.18 snapshot " + s.index(), dump.family(), dump.verdict().id(),
                            dump.sockets()));
                    dumps++;
                }
            }
        }
    }
}
