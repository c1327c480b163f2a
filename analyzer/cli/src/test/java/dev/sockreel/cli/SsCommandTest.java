package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the parts of {@code sockreel ss} that ss lacks: refusals, choice of a snapshot, filter from a file. */
class SsCommandTest {
    @TempDir
    private Path folder;

    private static CommandRun ss(String... options) {
        return CommandRun.of(Captures.WHOLE, "ss", options);
    }

    /** The refused options, with the subject of the one sentence. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("-r", "host names"), Map.entry("-tanr", "host names"), Map.entry("-T", "threads"),
            Map.entry("-Z", "not recorded"), Map.entry("-z", "not recorded"), Map.entry("-E", "sockreel diff"),
            Map.entry("-K", "live kernel"), Map.entry("-D x", "export --to ss-dump"),
            Map.entry("--diag=x", "export --to ss-dump"), Map.entry("--bpf-maps", "not recorded"),
            Map.entry("--bpf-map-id 3", "not recorded"), Map.entry("-ab0", "not requested"),
            Map.entry("-tB", "not requested"),
            Map.entry("--tipc", "not requested"), Map.entry("-A tcp,nonsense", "nonsense"),
            Map.entry("-f inet7", "inet7"),
            Map.entry("-A !all", "no socket tables"), Map.entry("-tan state exhausted", "exhausted"),
            Map.entry("-tan ( sport = :1", "not closed"));

    @Test
    void whatCannotBeServedIsRefusedWithTheReason() throws IOException {
        Path reel = LiveCapture.reel(folder);
        for (Map.Entry<String, String> refused : REFUSED.entrySet()) {
            CommandRun run = CommandRun.of(reel, "ss", refused.getKey().split(" ", -1)).exits(2);
            assertEquals("", run.out(), run.toString());
            assertTrue(run.err().contains(refused.getValue()), run.toString());
        }
    }

    @Test
    void aSummaryNeedsTheKernelsCounts() {
        assertTrue(ss("-s").exits(2).err().contains("/proc/net/sockstat"));
        CommandRun missing = ss("-t", "-F", folder.resolve("no-such-file").toString()).exits(3);
        assertTrue(missing.err().contains("no-such-file: no such file"), missing.toString());
    }

    @Test
    void aFilterThatIsNotUnderstoodHasItsPlace() {
        CommandRun run = ss("-tan", "( sport =", ":20001 ) frob x").exits(2);
        assertTrue(run.err().contains("\n  ( sport = :20001 ) frob x\n                     ^\n"), run.toString());
    }

    @Test
    void theLastCompleteSnapshotIsShownAndNamed() {
        assertEquals("snapshot 4, 2026-11-22T10:48:47.370579310Z\n", ss("-tan").exits(0).err());
        assertEquals("", ss("-tan", "--snapshot", "1").exits(0).err());
        assertTrue(ss("-tan", "--at", "+1s").exits(0).err().startsWith("snapshot "));
        assertFalse(ss("-tan", "--snapshot", "0").out().equals(ss("-tan").out()));
        // The last of the three has no complete dump of udp.
        assertTrue(CommandRun.of(Captures.TRUNCATED, "ss", "-uan").exits(0).err().startsWith("snapshot 0"));
        CommandRun.of(Captures.TRUNCATED, "ss", "-xa", "--snapshot", "1").exits(4);
    }

    @Test
    void aFilterMayStandInAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("filter"), "sport = :20001\n  or dport = :20001\n");
        String fromFile = ss("-tan", "-F", file.toString()).exits(0).out();
        assertEquals(ss("-tan", "sport", "=", ":20001", "or", "dport = :20001").exits(0).out(), fromFile);
        assertTrue(fromFile.lines().count() > 8, fromFile);
    }

    @Test
    void headingsAreThoseOfTheNewestSs() {
        assertEquals("State Recv-Q Send-Q Local Address:Port Peer Address:Port", heading("-tan"));
        assertEquals("Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port", heading("-xa"));
        assertEquals("Recv-Q Send-Q Local Address:Port Peer Address:Port", heading("-tn", "state", "established"));
        assertEquals("State Local Address:Port Peer Address:Port", heading("-tanQ"));
        assertTrue(heading("-tanp").endsWith("Process"));
    }

    private static String heading(String... options) {
        return ss(options).exits(0).out().lines().findFirst().orElseThrow().strip().replaceAll("\\s+", " ");
    }

    /** Columns fill the terminal's width as in ss, and no cell but the last is wider. */
    @Test
    @Tag("process")
    void aScreenIsFilled() {
        List<String> args = CommandRun.javaAnd("ss", Captures.WHOLE.toString(), "-ta");
        CommandRun run = CommandRun.started(Path.of(""), Stream.concat(
                Stream.of("env", "COLUMNS=80"), args.stream()).toList()).exits(0);
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.stream().allMatch(l -> l.length() <= 80), run.toString());
        assertEquals(1, lines.stream().map(l -> l.lastIndexOf(':')).filter(i -> i > 60).distinct().count(),
                run.toString());
        assertTrue(ss("-ta").out().lines().mapToInt(String::length).max().orElseThrow() < 80);
    }

    @Test
    void rowsOfProcNetHaveNoInventedZeros() throws IOException {
        Path reel = new SyntheticLog("proc.reel")
                .dump("udp4", DiagRequest.inet(
                        ByteOrder.LITTLE_ENDIAN, 2, 17, 0xff, 0xffffffffL))
                .proc("unix", "Num       RefCount Protocol Flags    Type St Inode Path\n"
                        + "ffff0000: 00000002 00000000 00010000 0001 01 5001 /run/x\n"
                        + "ffff0000: 00000003 00000000 00000000 0001 03 5002\n")
                .proc("tcp",
                        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when"
                                + " retrnsmt   uid  timeout inode\n"
                                + "   0: 0100007F:4E21 00000000:0000 0A 00000000:00000003 00:00000000 00000000"
                                + "     0        0 5003 1 0 100 0 0 10 0\n")
                .reel();
        CommandRun unix = CommandRun.of(reel, "ss", "-Hxae").exits(0);
        assertEquals("u_str LISTEN ? ? /run/x 5001 * ?\nu_str ESTAB ? ? * 5002 * ?\n",
                unix.out().replaceAll(" +", " "));
        CommandRun tcp = CommandRun.of(reel, "ss", "-Htlne").exits(0);
        assertEquals("LISTEN 3 ? 127.0.0.1:20001 0.0.0.0:* ino:5003 sk:?\n", tcp.out().replaceAll(" +", " "));
    }
}
