package dev.sockreel.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.FactsRow;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.TruthSocket;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.source.ImportedCapture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests the same sockets on a kernel without some or all diag modules: unavailable is never empty. */
class MissingModulesTest {
    private static final ImportedCapture PARTIAL = ImportedCapture.rawWithOwners(Capture.PARTIAL);
    private static final ImportedCapture NOMODS = ImportedCapture.rawWithOwners(Capture.NOMODS);

    private static Map<String, Set<String>> verdicts(ImportedCapture capture) {
        Map<String, Set<String>> verdicts = new TreeMap<>();
        for (Dump d : capture.dumps()) {
            verdicts.computeIfAbsent(d.family(), f -> new TreeSet<>()).add(d.verdict().id());
        }
        return verdicts;
    }

    @Test
    void withInetAndTcpDiagOnlyTheOthersAreUnavailable() {
        Map<String, Set<String>> verdicts = verdicts(PARTIAL);
        Set<String> unavailable = Set.of("unavailable");
        for (String family : List.of("udp4", "udp6", "udplite4", "raw4", "raw6", "sctp4", "dccp4",
                "unix", "packet", "netlink", "vsock", "xdp")) {
            assertEquals(unavailable, verdicts.get(family), family);
        }
        assertEquals(Set.of("complete"), verdicts.get("tcp6"));
        assertEquals(Set.of("complete"), verdicts.get("tcp"));
    }

    @Test
    void withInetAndTcpDiagOnlyEveryTcpSocketIsThere() {
        Path capture = Capture.unpack(Capture.PARTIAL);
        Map<Long, SocketRow> byCookie = PARTIAL.rows(0).stream()
                .filter(r -> r.socket().netid().equals("tcp"))
                .collect(Collectors.toMap(r -> r.socket().cookie(), r -> r));
        Map<String, FactsRow> facts =
                Truth.facts(capture).stream().collect(Collectors.toMap(FactsRow::name, f -> f));
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (TruthSocket t : Truth.setup(capture)) {
            boolean tcp = t.cookie() != null && t.protocol() != null && t.protocol() == 6;
            if (!tcp || Set.of("tcp.fresh", "tcp.boundonly", "other.listen").contains(t.name())) {
                continue;
            }
            SocketRow r = byCookie.get(t.cookie());
            FactsRow f = facts.get(t.name());
            if (r == null || f == null || f.diagRecvQ() == null || f.diagRecvQ() != r.socket().recvQ().kernelNumber()) {
                wrong.add(t.name() + ": " + r);
            } else {
                compared++;
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(compared > 120, "compared " + compared);
    }

    /** The kernel answers with DONE and an errno for a protocol, and with an error message for a family. */
    @Test
    void bothFormsOfAMissingHandlerAreReported() {
        assertEquals("the kernel has no handler for it (NLMSG_DONE carries ENOENT)", only(PARTIAL, "udp4"));
        assertEquals("the kernel has no handler for it (NLMSG_ERROR ENOENT)", only(PARTIAL, "unix"));
        assertEquals("the kernel has no handler for it (NLMSG_ERROR ENOENT)", only(NOMODS, "udp4"));
    }

    private static String only(ImportedCapture capture, String family) {
        Dump dump = capture.snapshot(0).dumps().stream()
                .filter(d -> d.family().equals(family))
                .findFirst()
                .orElseThrow();
        assertEquals(1, dump.faults().size(), family);
        assertEquals(DumpFault.HANDLER_MISSING, dump.faults().getFirst().kind());
        return dump.faults().getFirst().why();
    }

    @Test
    void withoutModulesNothingIsSeenAndNothingIsCalledEmpty() {
        for (Dump d : NOMODS.dumps()) {
            assertEquals(0, d.sockets(), d.family());
            assertTrue(d.verdict() == DumpVerdict.UNAVAILABLE || d.verdict() == DumpVerdict.FAILED,
                    d.family() + " " + d.verdict());
        }
        assertEquals(List.of(), NOMODS.rows(0));
    }

    /** family-200 does not exist: the kernel answers EINVAL, with or without modules. */
    @Test
    void withoutModulesEachFamilyIsUnavailable() {
        Map<String, Set<String>> verdicts = verdicts(NOMODS);
        assertEquals(Set.of("failed"), verdicts.remove("family-200"));
        assertEquals(17, verdicts.size(), verdicts.toString());
        verdicts.forEach((family, all) -> assertEquals(Set.of("unavailable"), all, family));
        // A failed request begins no snapshot, although tcp4 was requested three times with the same bytes.
        assertEquals(1, NOMODS.snapshots().size());
    }
}
