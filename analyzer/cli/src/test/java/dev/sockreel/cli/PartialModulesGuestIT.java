package dev.sockreel.cli;

import static dev.sockreel.cli.ProcRowsOfGuest.accused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.dump.Dump;
import dev.sockreel.fixtures.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests a kernel with only inet_diag and tcp_diag: tcp comes from sock_diag, everything else from /proc. */
class PartialModulesGuestIT {
    private static final GuestRecording RECORDING = GuestRecording.printed("partial", "default");
    private static final MakerTruth SOCKETS = RECORDING.sockets();

    @Test
    void theRecorderEndsWellAndSaysWhatIsMissing() {
        CommandRun record = RECORDING.recorder().exits(0);
        assertTrue(!record.err().contains("tcp4 is unavailable"), record.err());
        for (String family : List.of("udp4", "udp6", "raw4", "unix", "packet", "netlink")) {
            assertTrue(record.err().contains(family + " is unavailable: the kernel has no handler"), record.err());
        }
        assertEquals(Set.of("inet_diag", "tcp_diag"), RECORDING.modulesLoaded());
    }

    @Test
    void probeCallsTcpLoadableAndTheOthersMissing() {
        Map<String, String> states = GuestRecording.probe("partial");
        Map<String, String> expected = new TreeMap<>(states);
        expected.replaceAll((family, state) -> family.startsWith("tcp") ? "loadable" : "missing");
        assertEquals(expected, states);
    }

    @Test
    void tcpRowsComeFromSockDiagAndNoOthers() {
        assertEquals(Set.of("sock_diag"), ProcRowsOfGuest.sources(SOCKETS, "tcp"));
        for (String netid : List.of("udp", "raw", "u_", "p_", "nl")) {
            assertEquals(Set.of("proc"), ProcRowsOfGuest.sources(SOCKETS, netid), netid);
        }
    }

    @Test
    void everySocketIsThereAsItsMakerSays() {
        SOCKETS.holds();
    }

    @Test
    void nothingIsInvented() {
        ProcRowsOfGuest.nothingIsInvented(SOCKETS);
        ProcRowsOfGuest.unixQueuesArePrintedAsUnknown(RECORDING.run("show").exits(0).out());
    }

    @Test
    void infoCountsTcpAlone() {
        Map<String, @Nullable Object> families = RECORDING.families();
        long counted = 0;
        for (Map.Entry<String, @Nullable Object> e : families.entrySet()) {
            Map<String, @Nullable Object> family = JsonTree.asObject(e.getValue());
            boolean tcp = e.getKey().startsWith("tcp");
            assertEquals(Map.of(tcp ? "complete" : "unavailable", 3L), family.get("verdicts"), e.getKey());
            assertEquals(tcp, family.get("sockets") instanceof Long, e.getKey());
            counted += family.get("sockets") instanceof Long n ? n : 0;
        }
        long shown = SOCKETS.rows().stream().filter(r -> "tcp".equals(r.get("netid"))).count();
        assertEquals(shown, counted);
        RECORDING.run("verify").exits(0);
    }

    /** A missing protocol is answered with DONE by inet_diag, a missing family with an error by the kernel. */
    @Test
    void bothShapesOfAMissingHandlerAreInTheFile() throws IOException {
        for (Dump dump : RECORDING.snapshots().getFirst().dumps()) {
            DumpEnd end = dump.end();
            DumpEnd.Outcome expected = switch (dump.family()) {
                case "udp4", "udp6", "raw4", "tcp4", "tcp6" -> DumpEnd.Outcome.DONE;
                default -> DumpEnd.Outcome.ERROR;
            };
            assertTrue(end != null && end.outcome() == expected, dump.family() + " " + end);
        }
    }

    @Test
    void whatTcpDiagProvesIsProvedAndNothingElse() {
        List<Map<String, @Nullable Object>> findings = RECORDING.findings();
        ProcRowsOfGuest.nothingIsProved(findings);
        assertEquals(20, SOCKETS.unreadInodes("tcp").size());
        assertEquals(SOCKETS.unreadInodes("tcp"), accused(findings, "unread-stuck", "tcp"));
        Set<Object> full = SOCKETS.inodes(t -> "full".equals(t.get("kind")));
        assertEquals(4, full.size());
        assertEquals(full, accused(findings, "accept-queue-full", "tcp"));
    }
}
