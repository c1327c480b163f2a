package dev.sockreel.recorder;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.recorder.host.DiagHandlers;
import dev.sockreel.recorder.options.FamilyChoice;
import dev.sockreel.recorder.options.OwnersPolicy;
import dev.sockreel.recorder.options.Quantity;
import dev.sockreel.recorder.probe.Probe;
import dev.sockreel.recorder.probe.ProbeText;
import dev.sockreel.recorder.probe.ProbeUnseen;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that need no kernel: requests, choices, quantities, handlers, output. */
class TablesTest {
    private static ByteBuffer request(String id) {
        Family found = Family.all().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
        return ByteBuffer.wrap(found.request().bytes(7)).order(ByteOrder.nativeOrder());
    }

    @Test
    void everyRequestStatesItsLengthTypeAndSequence() {
        for (Family family : Family.all()) {
            ByteBuffer r = request(family.id());
            assertEquals(r.capacity(), r.getInt(0), family.id());
            assertEquals(20, r.getShort(4));
            assertEquals(0x301, r.getShort(6));
            assertEquals(7, r.getInt(8));
        }
    }

    @Test
    void theMasksAreThoseOfTheHeaders() {
        ByteBuffer tcp6 = request("tcp6");
        assertEquals(72, tcp6.capacity());
        assertEquals(10, tcp6.get(16));
        assertEquals(6, tcp6.get(17));
        assertEquals(0xff, tcp6.get(18) & 0xff);
        assertEquals(0xfff, tcp6.getInt(20));
        ByteBuffer mptcp = request("mptcp4");
        assertEquals(0, mptcp.get(17), "a kernel without the attribute must not take it for TCP");
        assertEquals(8, mptcp.getShort(72));
        assertEquals(3, mptcp.getShort(74));
        assertEquals(262, mptcp.getInt(76));
        assertEquals(0, request("unix").getInt(28) & 0x08, "no ICONS");
        assertEquals(0x08, request("unix-icons").getInt(28) & 0x08);
        assertEquals(1 << 10, request("unix-icons").getInt(20));
        assertEquals(0, request("packet").getInt(24) & 0x20, "no FILTER");
    }

    @Test
    void otherFamiliesAreAskedForOnlyWhereTheyAreInUse() {
        byte[] protocols = "protocol  size sockets  memory\nMPTCPv6   2064      2     157\nRAW 1152 0 -1\n"
                .getBytes(US_ASCII);
        byte[] heading = "sk RefCnt\n".getBytes(US_ASCII);
        byte[] row = "sk RefCnt\n0 1\n".getBytes(US_ASCII);
        assertEquals(
                List.of("tcp4", "tcp6", "udp4", "udp6", "mptcp6", "unix", "unix-icons", "netlink"),
                FamilyChoice.IN_USE.choose(protocols, name -> name.equals("netlink") ? row : heading).stream()
                        .map(Family::id).toList());
        assertEquals(List.of("tcp4", "unix", "unix-icons"), FamilyChoice.of("unix,tcp4").choose(
                protocols, name -> row).stream().map(Family::id).toList());
        assertEquals(Family.all().size(), FamilyChoice.of("all").named().size());
        byte[] smc6 = "SMC6 1 1 -1\nSMC 1 0 -1\n".getBytes(US_ASCII);
        assertEquals("smc", FamilyChoice.IN_USE.choose(smc6, name -> heading).getLast().id(), "SMC and SMC6 count it");
        assertThrows(IllegalArgumentException.class, () -> FamilyChoice.of("tcp,,udp"));
    }

    @Test
    void quantities() {
        assertEquals(Duration.ofMinutes(10), Quantity.duration("10m"));
        assertEquals(256L << 20, Quantity.bytes("256M"));
        for (String bad : List.of("", "10", "10 s", "-1s", "0s", "1.5s", "10M", "99999999999d")) {
            assertThrows(IllegalArgumentException.class, () -> Quantity.duration(bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> Quantity.bytes("999999999999T"));
        assertEquals(new OwnersPolicy.OlderThan(Duration.ofSeconds(30)), OwnersPolicy.of("30s"));
        assertThrows(IllegalArgumentException.class, () -> OwnersPolicy.of("always"));
        assertEquals("10s", Quantity.format(Duration.ofSeconds(10)));
    }

    @Test
    void handlersAreKnownByEvidenceAlone() {
        Family tcp = Family.all().getFirst();
        Set<String> none = Set.of();
        assertEquals(DiagHandlers.State.LOADED,
                new DiagHandlers(Set.of("tcp_diag"), none, none, none).known(tcp).state());
        assertEquals(DiagHandlers.State.LOADED,
                new DiagHandlers(none, Set.of("tcp_diag"), none, none).known(tcp).state());
        assertEquals(DiagHandlers.State.LOADED,
                new DiagHandlers(null, null, null, Set.of("tcp_diag_dump")).known(tcp).state());
        assertEquals(DiagHandlers.State.LOADABLE,
                new DiagHandlers(none, none, Set.of("tcp_diag"), none).known(tcp).state());
        assertEquals(DiagHandlers.State.MISSING, new DiagHandlers(none, none, none, none).known(tcp).state());
        assertEquals(DiagHandlers.State.MISSING, new DiagHandlers(null, null, null, none).known(tcp).state());
        assertEquals(DiagHandlers.State.UNKNOWN, new DiagHandlers(none, null, null, none).known(tcp).state());
        assertEquals(DiagHandlers.State.UNKNOWN, new DiagHandlers(null, null, null, null).known(tcp).state());
    }

    @Test
    void probeFitsEightyColumnsCutsNothingAndNamesEveryFamily() {
        Probe probe = new Probe("6.1", 0, 0,
                Family.all().stream().map(r -> new Probe.Handler(
                        r.id(), DiagHandlers.State.UNKNOWN, "word ".repeat(30).strip())).toList(),
                List.of(), List.of(new Probe.Namespace("a\"b", 1, false)), List.of());
        String text = ProbeText.of(probe);
        assertTrue(text.lines().allMatch(l -> l.length() <= 80));
        assertTrue(!text.contains("…") && text.split("word", -1).length - 1 == 30 * Family.all().size());
        Family.all().forEach(r -> assertTrue(text.contains("\n" + r.id() + " ")));
    }

    private static final String PROTOCOLS = """
            protocol  size sockets  memory press maxhdr  slab module
            UNIX-STREAM 1152    110      -1   NI       0   yes  kernel
            UNIX      1152    118      -1   NI       0   yes  kernel
            MPTCP     1936      3      58   no       0   yes  kernel
            RAW       1152      1      -1   NI       0   yes  kernel
            UDP       1344      2       0   NI       0   yes  kernel
            UDPv6     1472      4       0   NI       0   yes  kernel
            PING      1016      2      -1   NI       0   yes  kernel
            XDP       1088      0      -1   NI       0   no   kernel
            """;

    private static List<String> unseen(DiagHandlers handlers, List<Probe.Privilege> privileges, long namespaces) {
        Map<Family, DiagHandlers.Known> known = new LinkedHashMap<>();
        Family.all().forEach(r -> known.put(r, handlers.known(r)));
        return ProbeUnseen.of(known, PROTOCOLS.getBytes(US_ASCII), privileges, namespaces);
    }

    /** Loaded: tcp and unix; loadable: udp; neither: the others, of which only those in use are listed. */
    @Test
    void probeExplainsItsTable() {
        DiagHandlers some =
                new DiagHandlers(Set.of("tcp_diag", "unix_diag", "mptcp_diag"), Set.of(), Set.of("udp_diag"), Set.of());
        assertEquals(List.of(
                "udp_diag is not loaded. `record` makes the kernel load it, which changes this host. With"
                        + " --no-modprobe, cookies and bound devices of 6 udp sockets stay unknown.",
                "This host has no raw_diag: cookies and bound devices of 1 raw socket stay unknown. Install the"
                        + " modules of this kernel (CONFIG_INET_RAW_DIAG).",
                "No kernel has a handler for ping sockets: cookies and bound devices of 2 ping sockets stay unknown."),
                unseen(some, List.of(), 0));
    }

    @Test
    void probeExplainsKernelsWithoutModulesAndContainers() {
        List<String> fixed = unseen(new DiagHandlers(null, null, null, Set.of("udp_diag_dump", "udplite_diag_dump",
                "raw_diag_dump", "unix_diag_dump")), List.of(), 0);
        assertEquals(
                "This kernel was built without mptcp_diag and cannot load modules: 3 mptcp sockets stay unseen. Only a"
                        + " kernel built with CONFIG_INET_MPTCP_DIAG shows them.",
                fixed.getFirst());
        List<String> container = unseen(new DiagHandlers(Set.of(), null, null, Set.of()), List.of(), 0);
        assertTrue(container
                .contains("unix_diag may not be loaded (not loaded, no readable modules.dep). `record` requests it,"
                        + " which may load it. If it cannot be loaded, or with --no-modprobe, queues, peers and"
                        + " backlog limits of 228 unix sockets stay unknown."),
                container.toString());
    }

    @Test
    void probeListsWhatPrivilegesAndNamespacesHide() {
        DiagHandlers all =
                new DiagHandlers(Family.all().stream().map(r -> r.module().name()).collect(Collectors.toSet()),
                        Set.of(), Set.of(), Set.of());
        List<Probe.Privilege> none = List.of(
                new Probe.Privilege("CAP_DAC_READ_SEARCH", false, ""), new Probe.Privilege("CAP_NET_ADMIN", false, ""),
                new Probe.Privilege("CAP_SYS_PTRACE", true, ""));
        List<String> sentences = unseen(all, none, 2);
        assertEquals(List.of(
                "Without CAP_DAC_READ_SEARCH, the processes that hold other users' sockets are unknown. Run as root.",
                "Marks, TCP-MD5 use and details of upper layer protocols are unknown without CAP_NET_ADMIN."
                        + " Run as root.",
                "The sockets of 2 other network namespaces are recorded only with --netns NAME or --netns all,"
                        + " which needs"
                        + " CAP_SYS_ADMIN."),
                sentences.subList(1, 4));
    }
}
