package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.dump.Dump;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests a kernel with no diag module loaded: requests load them, unless --no-modprobe prevents the requests. */
class UnloadedModulesGuestIT {
    private static final GuestRecording CAREFUL = GuestRecording.printed("mods", "no-modprobe");
    private static final GuestRecording DEFAULT = GuestRecording.printed("mods", "default");
    private static final GuestRecording AFTERWARDS = GuestRecording.printed("mods", "afterwards");
    /** The families of the maker's and the recorder's own sockets. */
    private static final Set<String> CORE = Set.of(
            "inet_diag", "tcp_diag", "udp_diag", "raw_diag", "unix_diag", "af_packet_diag", "netlink_diag");

    @Test
    void probeCallsThemLoadable() {
        Map<String, String> states = GuestRecording.probe("mods");
        for (String family : List.of("tcp4", "udp6", "raw4", "unix", "packet", "netlink", "vsock", "sctp4", "mptcp4",
                "tipc")) {
            assertEquals("loadable", states.get(family), family);
        }
        assertEquals("missing", states.get("xdp"), "Debian builds no xsk_diag");
    }

    @Test
    void withNoModprobeTheModulesStayAsTheyAre() {
        CAREFUL.recorder().exits(0);
        assertFalse(CAREFUL.modulesBefore().isEmpty());
        assertEquals(CAREFUL.modulesBefore(), CAREFUL.modulesAfter());
    }

    @Test
    void withNoModprobeEachFamilyIsReportedAsNotLoadedAndNotRequested() throws IOException {
        Snapshot snapshot = CAREFUL.snapshots().getFirst();
        Set<String> noted = new HashSet<>();
        for (RecorderNote note : snapshot.notes()) {
            if (note.kind() == RecorderNote.Kind.HANDLER) {
                assertEquals(RecorderNote.Kind.LOADABLE, note.value(), note.text());
                continue;
            }
            assertEquals(RecorderNote.Kind.NOT_ASKED, note.kind());
            noted.add(note.text().replaceFirst(":.*", ""));
        }
        Set<String> families = new HashSet<>();
        for (Dump dump : snapshot.dumps()) {
            families.add(dump.family());
            DumpEnd end = dump.end();
            assertTrue(end != null && end.outcome() == DumpEnd.Outcome.NOT_LOADED, dump.family() + " " + end);
            assertEquals(0, dump.datagrams().size(), dump.family());
            assertTrue(CAREFUL.recorder().err().contains(dump.family() + " is unavailable"), dump.family());
        }
        assertEquals(families, noted);
        assertTrue(families.containsAll(Set.of("tcp4", "tcp6", "udp4", "udp6", "unix")), families.toString());
        String info = CAREFUL.run("info").exits(0).out();
        assertTrue(info.contains("not loaded") && info.contains("--no-modprobe"), info);
        CAREFUL.run("verify").exits(0);
    }

    @Test
    void withNoModprobeTheRowsComeFromProc() {
        MakerTruth sockets = CAREFUL.sockets();
        assertEquals(Set.of("proc"), ProcRowsOfGuest.sources(sockets, ""));
        ProcRowsOfGuest.nothingIsInvented(sockets);
        sockets.holds();
    }

    @Test
    void byDefaultAskingLoadsWhatIsInUseAndNothingElse() {
        DEFAULT.recorder().exits(0);
        assertEquals(CORE, DEFAULT.modulesLoaded());
    }

    @Test
    void theFileAdmitsIt() throws IOException {
        Snapshot first = DEFAULT.snapshots().getFirst();
        List<RecorderNote> admitted =
                first.notes().stream().filter(n -> n.kind() == RecorderNote.Kind.MODULES_LOADED).toList();
        assertEquals(1, admitted.size(), first.notes().toString());
        assertEquals(CORE.size(), admitted.getFirst().value());
        Set<String> words = new HashSet<>(Arrays.asList(admitted.getFirst().text().split("\\W+")));
        assertTrue(words.containsAll(CORE), admitted.getFirst().text());
        assertEquals(Set.of(), modules(first, ProcText.When.BEFORE_DUMPS, CORE));
        assertEquals(CORE, modules(first, ProcText.When.AFTER_DUMPS, CORE));
        String info = DEFAULT.run("info").exits(0).out();
        assertTrue(info.contains("loaded") && CORE.stream().allMatch(info::contains), info);
    }

    private static Set<String> modules(Snapshot snapshot, ProcText.When when, Set<String> which) {
        ProcFile file = snapshot.procFiles().stream()
                .filter(f -> f.path().equals("/proc/modules") && f.when() == when)
                .findFirst()
                .orElseThrow();
        Set<String> names = new HashSet<>(GuestRecording.names(new String(file.text(), StandardCharsets.US_ASCII)));
        names.retainAll(which);
        return names;
    }

    @Test
    void thenEverySocketIsListedBySockDiag() {
        seenWhole(DEFAULT);
    }

    @Test
    void withNoModprobeLoadedHandlersAreAsked() {
        AFTERWARDS.recorder().exits(0);
        assertEquals(AFTERWARDS.modulesBefore(), AFTERWARDS.modulesAfter());
        seenWhole(AFTERWARDS);
        assertEquals(Set.of(), AFTERWARDS.modulesLoaded());
    }

    private static void seenWhole(GuestRecording recording) {
        MakerTruth sockets = recording.sockets();
        assertEquals(Set.of("sock_diag"), ProcRowsOfGuest.sources(sockets, ""));
        sockets.holds();
        recording.run("verify").exits(0);
    }
}
