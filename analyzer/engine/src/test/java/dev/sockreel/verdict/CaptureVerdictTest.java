package dev.sockreel.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.ImportedCapture;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks verdict, number of sockets and snapshot of each dump of the real capture. */
class CaptureVerdictTest {
    private static final ImportedCapture RAW = ImportedCapture.rawWithOwners(Capture.MODS);

    private static List<String> dumps(ImportedCapture capture, int snapshot) {
        return capture.snapshot(snapshot).dumps().stream()
                .map(d -> d.family() + " " + d.verdict().id() + " " + d.sockets())
                .toList();
    }

    /** tcp4_trunc and tcp4_buf8k repeat the request of tcp4 and so begin two snapshots; lookups are no dumps. */
    @Test
    void aRequestAskedAgainBeginsASnapshot() {
        assertEquals(3, RAW.snapshots().size());
        assertEquals(List.of(
                "tcp4 complete 128", "tcp6 complete 7", "unix complete 118", "udp4 complete 5", "udp6 complete 4",
                "udplite4 complete 1", "raw4 complete 3", "raw6 complete 1", "sctp4 complete 5", "dccp4 unavailable 0",
                "mptcp4 complete 3", "mptcp6 complete 0", "packet complete 4", "netlink complete 12",
                "vsock complete 3", "xdp unavailable 0", "tcp complete 135", "tcp4 complete 10"), dumps(RAW, 0));
        assertEquals(List.of("tcp4 truncated 65", "unix truncated 69"), dumps(RAW, 1));
        // A failed or malformed request begins no snapshot.
        assertEquals(List.of("tcp4 complete 128", "family-200 failed 0", "tcp4 failed 0"), dumps(RAW, 2));
    }

    @Test
    void lookupsAreLeftOutAndReported() {
        List<String> leftOut = RAW.report().messages().stream().filter(m -> m.endsWith("left out")).toList();
        assertEquals(3, leftOut.size(), leftOut.toString());
        for (String name : List.of("tcp4_one_nine", "tcp4_one_absent", "unix_one_absent")) {
            assertTrue(leftOut.stream().anyMatch(m -> m.contains(name)), name + " in " + leftOut);
        }
        assertEquals(23, RAW.report().dumps());
    }

    @Test
    void cutDatagramsAreCountedEach() {
        Dump tcp = RAW.snapshot(1).dumps().getFirst();
        // 16 datagrams were cut: 4 are listed, the rest is one more line.
        assertEquals(5, tcp.faults().size(), tcp.faults().toString());
        assertTrue(tcp.faults().getLast().why().contains("16 in all"), tcp.faults().toString());
        assertTrue(tcp.faults().stream().allMatch(f -> f.kind() == DumpFault.DATAGRAM_TRUNCATED));
        Dump unix = RAW.snapshot(1).dumps().getLast();
        assertEquals(4, unix.faults().size(), unix.faults().toString());
    }

    @Test
    void invalidRequestsFail() {
        List<String> why = RAW.snapshot(2).dumps().stream()
                .flatMap(d -> d.faults().stream())
                .map(f -> f.kind().id() + " " + f.why())
                .toList();
        assertEquals(List.of("error-reply NLMSG_ERROR EINVAL", "error-reply NLMSG_ERROR EINVAL"), why);
    }

    /** Sockets were killed during the dump without a sign from the kernel; connections with one end reveal it. */
    @Test
    void aRaceShowsInConnectionsWithOneEnd() {
        ImportedCapture race = ImportedCapture.folder(Capture.MODS, "race");
        assertEquals(1, race.snapshots().size());
        assertEquals(List.of("tcp4 inconsistent 98", "unix complete 58"), dumps(race, 0));
        List<Fault> faults = race.snapshot(0).dumps().getFirst().faults();
        assertEquals(List.of(DumpFault.HALF_CONNECTION), faults.stream().map(Fault::kind).toList());
    }

    @Test
    void fiveFoldersAreFiveSnapshotsInTheOrderOfTheirNumbers() {
        ImportedCapture snap = ImportedCapture.folder(Capture.MODS, "snap");
        assertEquals(List.of(0, 1, 2, 3, 4), snap.snapshots().stream().map(Snapshot::index).toList());
        List<Long> times = snap.snapshots().stream().map(s -> s.begin().realtimeNs()).toList();
        assertEquals(times.stream().sorted().toList(), times);
        for (Snapshot s : snap.snapshots()) {
            assertEquals(List.of("tcp4", "tcp6", "unix"), s.dumps().stream().map(Dump::family).toList());
            assertTrue(s.dumps().stream().allMatch(Dump::isComplete));
            assertTrue(s.owners().isComplete());
            assertEquals(s.index(), s.owners().scanSnapshot());
            assertEquals(
                    List.of("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/unix"),
                    s.procFiles().stream().map(ProcFile::path).sorted().collect(Collectors.toList()));
        }
    }
}
