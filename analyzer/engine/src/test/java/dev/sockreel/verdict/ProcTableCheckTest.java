package dev.sockreel.verdict;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.DumpEnd.Outcome;
import dev.sockreel.capture.record.ProcText.When;
import dev.sockreel.dump.Fault;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.snapshot.Absence;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.source.ImportedCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the verdicts on tables of /proc/net that stand in for dumps. */
class ProcTableCheckTest {
    private static final int ESTABLISHED = 1;
    private static final int SYN_RECV = 3;
    private static final int FIN_WAIT2 = 5;
    private static final int TIME_WAIT = 6;
    private static final int LISTENER = 0x10000;
    private static final int TIMEWAIT_TIMER = 3;
    private static final String PROTOCOLS = "protocol  size sockets  memory press maxhdr  slab module\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static ProcTextBuilder tcp(int rows) {
        ProcTextBuilder text = ProcTextBuilder.inet(LITTLE_ENDIAN);
        for (int i = 0; i < rows; i++) {
            text.tcp(ESTABLISHED, 0, 100 + i);
        }
        return text;
    }

    private void write(String name, byte[] text) throws IOException {
        Files.write(Files.createDirectories(folder.resolve("proc/net")).resolve(name), text);
    }

    private void write(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Imports what was written and returns {@code id why} of each fault of a table. */
    private List<String> faults(String table) throws IOException {
        return faults(ImportedCapture.of(folder).snapshot(0), table);
    }

    private static List<String> faults(Snapshot snapshot, String table) {
        ProcFile text = Objects.requireNonNull(snapshot.procFile("/proc/net/" + table));
        return text.faults().stream().map(f -> f.kind().id() + " " + f.why()).toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 91, 9", "40, 91, 9", "81, 91, 9", "82, 91, -1", "91, 91, -1", "120, 91, -1", "0, 3, 2",
        "1, 3, -1"})
    void rowsAreComparedWithSockstat(int rows, int inUse, int tolerance) throws IOException {
        write("tcp", tcp(rows).toBytes());
        write("sockstat", "sockets: used 383\nTCP: inuse " + inUse + " orphan 0 tw 76 alloc 151 mem 7\n");
        String listed = rows == 1 ? "1 row is of a socket" : rows + " rows are of sockets";
        assertEquals(tolerance < 0 ? List.of()
                : List.of("count-mismatch " + listed + " in use, but the kernel counted " + inUse + "; up to "
                        + tolerance + " fewer would be normal"),
                faults("tcp"));
    }

    @Test
    void protocolsAndSockstat6CountToo() throws IOException {
        write("udp", ProcTextBuilder.inet(LITTLE_ENDIAN).toBytes());
        write("protocols", PROTOCOLS + "UDP       1152     50      -1   NI       0   yes  kernel\n");
        write("tcp6", ProcTextBuilder.inet(LITTLE_ENDIAN).toBytes());
        write("sockstat6", "TCP6: inuse 7\nUDP6: inuse 4\n");
        Snapshot snapshot = ImportedCapture.of(folder).snapshot(0);
        assertTrue(
                faults(snapshot, "udp").getFirst().contains("0 rows are of sockets in use, but the kernel counted 50"));
        assertTrue(faults(snapshot, "tcp6").getFirst().contains("the kernel counted 7"));
    }

    /** The kernel does not count request and timewait sockets, so they make up for no missing row. */
    @Test
    void rowsThatTheKernelDoesNotCountAreLeftOut() throws IOException {
        ProcTextBuilder text = tcp(2);
        for (int i = 0; i < 30; i++) {
            text.tcp(TIME_WAIT, 0, 0).tcp(SYN_RECV, 0, 0);
            text.socket("127.0.0.1", 80, "127.0.0.1", 5000, FIN_WAIT2, 0, 0, TIMEWAIT_TIMER, 0, 0, -1);
        }
        write("tcp", text.toBytes());
        write("sockstat", "TCP: inuse 30 orphan 0 tw 60 alloc 31 mem 7\n");
        assertEquals(
                List.of("count-mismatch 2 rows are of sockets in use, but the kernel counted 30; up to 3 fewer would"
                        + " be normal"),
                faults("tcp"));
    }

    /** A connected unix socket may have a closed peer, which is counted and in no table. */
    @ParameterizedTest
    @CsvSource({"40, 1, 79, true", "40, 1, 90, false", "40, 2, 89, true", "40, 2, 100, false"})
    void unixCountsAllowForClosedPeers(int rows, int type, int counted, boolean fits) throws IOException {
        ProcTextBuilder text = ProcTextBuilder.unix().unix(LISTENER, 1, 1, 9, "/run/x");
        for (int i = 1; i < rows; i++) {
            text.unix(0, type, 3, 100 + i, "");
        }
        write("unix", text.toBytes());
        write("protocols", PROTOCOLS + "UNIX      1152     " + counted + "      -1   NI       0   yes  kernel\n");
        assertEquals(fits, faults("unix").isEmpty(), faults("unix").toString());
    }

    @Test
    void aTableThatEndsInALineIsCut() throws IOException {
        byte[] whole = tcp(2).toBytes();
        for (int cut : new int[] {1, 20, 100}) {
            write("tcp", Arrays.copyOf(whole, whole.length - cut));
            assertEquals(List.of("file-cut it ends within a line, so rows may be missing"), faults("tcp"));
            assertEquals(1, ImportedCapture.of(folder).rows(0).size());
        }
    }

    @Test
    void aTableWithoutItsHeadingIsReadAndReported() throws IOException {
        String whole = new String(tcp(2).toBytes(), StandardCharsets.US_ASCII);
        String heading = "bad-row it does not begin with its heading, so rows may be missing before it";
        write("tcp", whole.substring(whole.indexOf('\n') + 1));
        assertEquals(List.of(heading), faults("tcp"));
        assertEquals(2, ImportedCapture.of(folder).rows(0).size());
        write("tcp", whole.substring(30));
        assertEquals(List.of(heading, "bad-row 1 line is not a row"), faults("tcp"));
        assertEquals(2, ImportedCapture.of(folder).rows(0).size());
    }

    @Test
    void anEmptyTableShowsNothing() throws IOException {
        write("tcp", "");
        write("udp", ProcTextBuilder.inet(LITTLE_ENDIAN).toBytes());
        assertEquals(List.of("file-cut it is empty, though a kernel prints at least the heading"), faults("tcp"));
        assertEquals(List.of(), faults("udp"));
    }

    @Test
    void aLiveTableIsComparedWithTheCountsBeforeAndAfter() {
        byte[] before = (PROTOCOLS + "TCP       1152     50      -1   NI       0   yes  kernel\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] after = (PROTOCOLS + "TCP       1152     30      -1   NI       0   yes  kernel\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int rows : new int[] {5, 8}) {
            Snapshot snapshot = WrittenCapture.begin(LITTLE_ENDIAN).snapshot(1)
                    .procText("/proc/net/protocols", When.BEFORE_DUMPS, true, before)
                    .noDump("tcp4", DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0, ~0L),
                            Outcome.NOT_LOADED)
                    .procText("/proc/net/tcp", tcp(rows).toBytes())
                    .procText("/proc/net/protocols", When.AFTER_DUMPS, true, after)
                    .read().getFirst();
            List<Fault> faults = Objects.requireNonNull(snapshot.procFile("/proc/net/tcp")).faults();
            assertEquals(rows < 8 ? List.of("count-mismatch") : List.of(),
                    faults.stream().map(f -> f.kind().id()).toList(), "20 of difference and 2 of tolerance");
        }
    }

    /** A table beside a complete dump is not what is shown, so it is not judged. */
    @Test
    void onlyTablesThatStandInAreJudged() {
        for (Snapshot snapshot : ImportedCapture.folder(Capture.MODS, "snap").snapshots()) {
            assertTrue(snapshot.procFiles().stream().allMatch(f -> f.faults().isEmpty()));
        }
    }

    /** No table of a real kernel has a fault. */
    @ParameterizedTest
    @ValueSource(strings = {Capture.NOMODS, Capture.PARTIAL})
    void realTablesAreComplete(String name) throws IOException {
        ImportedCapture tables = ImportedCapture.of(Capture.unpack(name).resolve("proc-before"));
        assertEquals(List.of(), tables.snapshot(0).procFiles().stream().flatMap(f -> f.faults().stream()).toList());
        for (Snapshot snapshot : ImportedCapture.folder(name, "snap").snapshots()) {
            assertEquals(List.of(), snapshot.procFiles().stream().flatMap(f -> f.faults().stream()).toList());
        }
    }

    /** A socket that a cut table does not list may be in what was cut off. */
    @Test
    void aCutTableShowsNoSocketAsGone() throws IOException {
        write("tcp", tcp(3).toBytes());
        SocketRow last = Objects.requireNonNull(new SnapshotSockets(ImportedCapture.of(folder).snapshot(0))
                .first(r -> r.socket().inode() == 102));
        write("tcp", tcp(2).toBytes());
        assertEquals(Absence.GONE, SnapshotCookies.of(ImportedCapture.of(folder).snapshot(0)).absence(last));
        write("sockstat", "TCP: inuse 91 orphan 0 tw 0 alloc 151 mem 7\n");
        assertEquals(Absence.NOT_OBSERVED, SnapshotCookies.of(ImportedCapture.of(folder).snapshot(0)).absence(last));
    }
}
