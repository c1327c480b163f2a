package dev.sockreel.cli;

import static dev.sockreel.cli.ProcRowsOfGuest.accused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests a kernel without diag modules: all rows come from /proc, nothing is invented, the reason is given. */
class NoModulesGuestIT {
    private static final GuestRecording RECORDING = GuestRecording.printed("nomods", "default");
    private static final MakerTruth SOCKETS = RECORDING.sockets();
    private static final List<String> FAMILIES =
            List.of("tcp4", "tcp6", "udp4", "udp6", "raw4", "unix", "packet", "netlink");

    @Test
    void theRecorderEndsWellAndSaysWhatIsMissing() {
        CommandRun record = RECORDING.recorder().exits(0);
        for (String family : FAMILIES) {
            assertTrue(record.err().contains(family + " is unavailable: the kernel has no handler"), record.err());
        }
        assertEquals(RECORDING.modulesBefore(), RECORDING.modulesAfter());
    }

    @Test
    void probeCallsEveryHandlerMissing() {
        assertEquals(Set.of("missing"), Set.copyOf(GuestRecording.probe("nomods").values()));
    }

    @Test
    void everyRowComesFromProc() {
        assertEquals(Set.of("proc"), ProcRowsOfGuest.sources(SOCKETS, ""));
    }

    @Test
    void everySocketIsThereAsItsMakerSays() {
        SOCKETS.holds();
        assertEquals(SOCKETS.pending(2), SOCKETS.unaccepted("tcp"));
        assertEquals(SOCKETS.pending(1), SOCKETS.unaccepted("u_str"));
    }

    @Test
    void nothingIsInvented() {
        ProcRowsOfGuest.nothingIsInvented(SOCKETS);
        CommandRun show = RECORDING.run("show").exits(0);
        ProcRowsOfGuest.unixQueuesArePrintedAsUnknown(show.out());
        FAMILIES.forEach(family -> assertTrue(show.err().contains(family), show.err()));
    }

    @Test
    void infoCallsEachFamilyUnavailableAndSaysWhy() {
        Map<String, @Nullable Object> families = RECORDING.families();
        assertTrue(families.keySet().containsAll(FAMILIES), families.toString());
        families.forEach((id, value) -> {
            Map<String, @Nullable Object> family = JsonTree.asObject(value);
            assertNull(family.get("sockets"), id);
            assertEquals(Map.of("unavailable", 3L), family.get("verdicts"), id);
            assertTrue(family.get("why") instanceof String why && !why.isEmpty(), id);
        });
        String info = RECORDING.run("info").exits(0).out();
        assertTrue(info.contains("no handler"), info);
        RECORDING.run("verify").exits(0);
    }

    @Test
    void whoDoesNotReadIsNamedAndNotAccused() {
        List<Map<String, @Nullable Object>> findings = RECORDING.findings();
        ProcRowsOfGuest.nothingIsProved(findings);
        assertEquals(20, SOCKETS.unreadInodes("tcp").size());
        assertEquals(SOCKETS.unreadInodes("tcp"), accused(findings, "unread-unproven", "tcp"));
        assertTrue(accused(findings, "unread-unproven", "udp").containsAll(SOCKETS.unreadInodes("udp")));
        assertEquals(Set.of(), accused(findings, "accept-queue-full", "tcp"), "no limit is known");
    }
}
