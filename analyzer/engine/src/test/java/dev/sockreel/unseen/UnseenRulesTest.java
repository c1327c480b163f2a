package dev.sockreel.unseen;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.DumpEnd.Outcome;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote.Kind;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.verdict.WrittenCapture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the sentences about what a recording does not show. */
class UnseenRulesTest {
    private static final NlmsgBuilder TCP =
            DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL);
    private static final NlmsgBuilder TCP6 =
            DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET6, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL);
    private static final NlmsgBuilder UDP = DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, 17, 0xff, 0xffffffffL);
    private static final NlmsgBuilder UDP6 = DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET6, 17, 0xff, 0xffffffffL);
    private static final NlmsgBuilder UNIX = DiagRequest.unix(LITTLE_ENDIAN, 0xffffffffL, 0, 0x77, 0);
    private static final String ALL_CAPABILITIES = "000001ffffffffff";
    private static final HostNamespaces.Namespace RECORDED = namespace(4026531840L, 90, "", 1, "systemd");

    private final Map<String, String> facts = new LinkedHashMap<>(Map.of(
            HostEvidence.BOOT_ID, "boot-1", HostEvidence.CAPABILITIES, ALL_CAPABILITIES));
    private final WrittenCapture capture = WrittenCapture.begin(LITTLE_ENDIAN);

    private WrittenCapture begin() {
        return capture.write(new HostEvidence(facts)).snapshot(0);
    }

    private List<String> advice() {
        UnseenRun run = new UnseenRun();
        capture.read().forEach(run::add);
        return run.totals().stream().map(t -> t.last().advice()).toList();
    }

    /** Adds rows of /proc/net/protocols: name, size, sockets. */
    private WrittenCapture protocols(String... rows) {
        StringBuilder text = new StringBuilder("protocol  size sockets  memory press maxhdr  slab module\n");
        for (String row : rows) {
            String[] words = row.split(" ", -1);
            text.append("%-9s 1152 %6s      -1   NI       0   yes  kernel\n".formatted(words[0], words[1]));
        }
        return capture.procText("/proc/net/protocols", ProcText.When.AFTER_DUMPS, true,
                text.toString().getBytes(US_ASCII));
    }

    private static ProcTextBuilder unixSockets(int count) {
        ProcTextBuilder text = ProcTextBuilder.unix();
        for (int i = 0; i < count; i++) {
            text.unix(0, 1, 3, 1000 + i, "");
        }
        return text;
    }

    private WrittenCapture unixNotLoaded(int sockets) {
        return begin().noDump("unix", UNIX, Outcome.NOT_LOADED)
                .procText("/proc/net/unix", unixSockets(sockets).toBytes()).owners(0);
    }

    private static List<byte[]> tcpSockets(int count) {
        DumpBuilder dump = new DumpBuilder();
        for (int i = 0; i < count; i++) {
            dump.add(InetDiagMsgBuilder.in(LITTLE_ENDIAN).local("127.0.0.1", 80).remote("127.0.0.1", 5000 + i)
                    .cookie(1 + i).inode(100 + i).queues(0, 0).header(h -> h.seq(1)).toBytes());
        }
        return dump.add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).datagrams(32768);
    }

    private static List<byte[]> none() {
        return tcpSockets(0);
    }

    private static List<byte[]> missing() {
        return List.of(NlmsgBuilder.done(LITTLE_ENDIAN, -Uapi.ENOENT).seq(1).toBytes());
    }

    /** Adds complete dumps of the common families; everything else comes from the test. */
    private WrittenCapture common(int tcp) {
        return begin().dump("tcp4", TCP, tcpSockets(tcp)).dump("tcp6", TCP6, none()).dump("udp4", UDP, none())
                .dump("udp6", UDP6, none()).dump("unix", UNIX, none());
    }

    @Test
    void whatCouldBeLoadedAndWasNotAskedFor() {
        unixNotLoaded(118).note(Kind.HANDLER, Kind.LOADABLE, "unix_diag: modules.dep: unix_diag");
        assertEquals(
                "unix_diag is not loaded and was not asked for (--no-modprobe): queues, peers and backlog limits of 118"
                        + " unix sockets are unknown. Run modprobe unix_diag first, or record without --no-modprobe.",
                advice().getFirst());
    }

    @Test
    void whatMayNotBeLoaded() {
        unixNotLoaded(1).note(Kind.HANDLER, Kind.NOT_KNOWN, "unix_diag: not loaded, no readable modules.dep");
        assertEquals(
                "unix_diag may not be loaded and was not asked for (--no-modprobe): queues, peers and backlog"
                        + " limits of 1"
                        + " unix socket are unknown. Run modprobe unix_diag first, or record without --no-modprobe.",
                advice().getFirst());
    }

    @Test
    void whatIsNotInstalled() {
        unixNotLoaded(2).note(Kind.HANDLER, Kind.MISSING, "unix_diag: neither loaded nor in modules.dep");
        assertEquals(
                "this host has no unix_diag, neither loaded nor installed: queues, peers and backlog limits of 2 unix"
                        + " sockets are unknown. Install the modules that belong to this kernel (CONFIG_UNIX_DIAG).",
                advice().getFirst());
    }

    @Test
    void whatAFixedKernelWasBuiltWithout() {
        begin().dump("tcp4", TCP, missing())
                .procText("/proc/net/tcp", ProcTextBuilder.inet(LITTLE_ENDIAN).tcp(1, 9, 3).tcp(10, 0, 4).toBytes())
                .note(Kind.HANDLER, Kind.NOT_BUILT, "tcp_diag: not built in, kernel without modules").owners(0);
        assertEquals(
                "this kernel was built without tcp_diag and loads no modules: backlog limits, byte counters and"
                        + " cookies of"
                        + " 2 tcp sockets are unknown. Use a kernel that is built with CONFIG_INET_DIAG.",
                advice().getFirst());
    }

    @Test
    void whatTheKernelCouldNotLoad() {
        begin().dump("tcp4", TCP, missing())
                .procText("/proc/net/tcp", ProcTextBuilder.inet(LITTLE_ENDIAN).tcp(1, 9, 3).toBytes())
                .note(Kind.HANDLER, Kind.LOADABLE, "tcp_diag: modules.dep: tcp_diag").owners(0);
        assertEquals(
                "tcp_diag is there, but the kernel could not load it: backlog limits, byte counters and cookies"
                        + " of 1 tcp"
                        + " socket are unknown. Find out why modprobe tcp_diag fails (a blacklist,"
                        + " kernel.modules_disabled).",
                advice().getFirst());
    }

    /** Without a text the kernel's count is used; without that the number is unknown, not zero. */
    @Test
    void whatNoTextShows() {
        NlmsgBuilder mptcp = DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, 262 & 0xff, 0xff, 0xffffffffL);
        common(1).noDump("mptcp4", mptcp, Outcome.MISSING_BEFORE).owners(0);
        protocols("MPTCP 7", "TCP 1");
        assertEquals(
                "the kernel had no mptcp_diag when asked: 7 mptcp sockets are not shown at all. Run modprobe"
                        + " mptcp_diag on that host and record again.",
                advice().getFirst());
    }

    @Test
    void whatNobodyEvenCounted() {
        common(1).noDump("vsock", UNIX, Outcome.MISSING_BEFORE).noDump("xdp", UNIX, Outcome.MISSING_BEFORE).owners(0);
        assertEquals(
                "the kernel had no vsock_diag and xsk_diag when asked: it is not known whether there are vsock and xdp"
                        + " sockets. Run modprobe -a vsock_diag xsk_diag on that host and record again.",
                advice().getFirst());
    }

    /** A missing handler hides nothing where the kernel counts no such socket. */
    @Test
    void whatIsNotInUseIsNotMissed() {
        common(1).noDump("vsock", UNIX, Outcome.MISSING_BEFORE).owners(0);
        protocols("AF_VSOCK 0", "TCP 1");
        assertEquals(List.of(), advice());
    }

    @Test
    void familiesThatWereNotAskedFor() {
        facts.put(HostEvidence.RECORD_OPTIONS, "-o x.reel --families tcp --count 1");
        begin().dump("tcp4", TCP, tcpSockets(1)).dump("tcp6", TCP6, none()).owners(0);
        protocols("TCP 1", "UNIX 100", "UNIX-STREAM 18", "UDP 4", "UDPv6 1", "PING 0", "RAW 0");
        assertEquals(
                List.of("only some families were asked for (--families tcp): 5 udp and 118 unix sockets are not shown."
                        + " Record without --families, or with --families all."),
                advice());
    }

    @Test
    void aRecordingThatWasStopped() {
        begin().dump("tcp4", TCP, tcpSockets(1)).note(Kind.NOT_ASKED, 0, "tcp6: the recording was stopped").owners(0);
        assertEquals(
                List.of("the recording was stopped before every family was asked for: it is not known whether there are"
                        + " tcp6, udp and unix sockets."),
                advice());
    }

    /** Dumps lost in a damaged file may have been requested; the damage is reported elsewhere. */
    @Test
    void whatIsLostWasNotLeftOut() {
        begin().dump("tcp4", TCP, tcpSockets(1)).write(new SnapshotEnd(0, 9, ReceiveTime.NONE));
        assertEquals(List.of(), advice());
    }

    @Test
    void pingSocketsNeverHaveAHandler() {
        byte[] icmp = ProcTextBuilder.inet(LITTLE_ENDIAN)
                .socket("127.0.0.1", 77, "0.0.0.0", 0, 7, 0, 0, 0, 0, 100, 0).toBytes();
        common(1).procText("/proc/net/icmp", ProcText.When.BEFORE_DUMPS, true, icmp)
                .procText("/proc/net/icmp", ProcText.When.AFTER_DUMPS, true, icmp)
                .owners(0);
        assertEquals(List
                .of("sock_diag has no handler for ping sockets, so only the text of /proc/net shows them: cookies and"
                        + " bound devices of 1 ping socket are unknown."),
                advice());
    }

    @Test
    void ownersThatWereNotRecorded() {
        common(3);
        assertEquals(
                List.of("no owners were recorded: the owners of 3 sockets are unknown. Record with --owners each."),
                advice());
    }

    @Test
    void ownersOfOtherUsers() {
        facts.put(HostEvidence.CAPABILITIES, "0000000000001000"); // CAP_NET_ADMIN alone
        common(3).owners(4, WrittenCapture.process(7, "mine", 'S', 101));
        assertEquals(List.of("the descriptors of 4 of 5 processes could not be read (without CAP_SYS_PTRACE and"
                + " CAP_DAC_READ_SEARCH): the owners of 2 sockets are unknown. Record as root, or with CAP_SYS_PTRACE"
                + " and CAP_DAC_READ_SEARCH."), advice());
    }

    /** Root with all capabilities may still be refused; then "run as root" is no advice. */
    @Test
    void ownersThatEvenRootMayNotSee() {
        common(3).owners(1);
        assertEquals(
                List.of("the descriptors of 1 of 1 process could not be read: the owners of 3 sockets are unknown."),
                advice());
    }

    @Test
    void socketsThatCameAfterTheScan() {
        common(1).owners(0, WrittenCapture.process(7, "mine", 'S', 100)).snapshot(1)
                .dump("tcp4", TCP, tcpSockets(3)).dump("tcp6", TCP6, none()).dump("udp4", UDP, none())
                .dump("udp6", UDP6, none()).dump("unix", UNIX, none());
        assertEquals(List
                .of("owners were last scanned in snapshot 0: the owners of 2 sockets are unknown. Record with --owners"
                        + " each."),
                advice());
    }

    private static HostNamespaces namespaces(int unreadable, HostNamespaces.Namespace... all) {
        return new HostNamespaces(0, ReceiveTime.NONE, unreadable, List.of(all));
    }

    private static HostNamespaces.Namespace namespace(long inode, int processes, String name, int pid, String comm) {
        return new HostNamespaces.Namespace(inode, processes, name, pid, comm);
    }

    @Test
    void namespacesThatWereNotRecorded() {
        common(3)
                .write(namespaces(0, namespace(7, 2, "", 812, "nginx"), RECORDED,
                        namespace(8, 40, "web\u001b", 900, "x")))
                .owners(0);
        assertEquals(List.of("2 other network namespaces with 42 processes were not recorded: the sockets of web\\x1b"
                + " and nginx (pid 812) are not shown. Record with --netns all."), advice());
    }

    @Test
    void manyNamespacesAreNamedByTheLargest() {
        common(3).write(namespaces(0, RECORDED, namespace(7, 1, "a", 0, ""), namespace(8, 2, "b", 5, "x"),
                namespace(9, 0, "c", 0, ""), namespace(10, 0, "", 0, ""), namespace(11, 9, "e", 6, "y"))).owners(0);
        assertEquals(
                List.of("5 other network namespaces with 12 processes were not recorded: the sockets of e, b, a and"
                        + " 2 more are not shown. Record with --netns all."),
                advice());
    }

    /** With --netns all, those that are missing began after the recording. */
    @Test
    void aNamespaceThatCameLater() {
        facts.put(HostEvidence.RECORD_OPTIONS, "-o x.reel --netns all --count 3");
        common(3).write(namespaces(0, RECORDED, namespace(7, 1, "", 812, "nginx"))).owners(0);
        assertEquals(List.of("1 other network namespace with 1 process was not recorded: the sockets of nginx (pid 812)"
                + " are not shown."), advice());
    }

    @Test
    void namespacesThatCouldNotBeRead() {
        common(3).write(namespaces(5, RECORDED)).owners(0);
        assertEquals(
                List.of("the network namespaces of 5 processes could not be read: it is not known whether they were"
                        + " recorded. Record as root, or with CAP_SYS_PTRACE."),
                advice());
    }

    /** The listing holds until the next one. */
    @Test
    void namespacesAreThoseLastListed() {
        common(3).write(namespaces(0, RECORDED, namespace(7, 1, "", 812, "nginx"))).owners(0).snapshot(1)
                .dump("tcp4", TCP, tcpSockets(3)).dump("tcp6", TCP6, none()).dump("udp4", UDP, none())
                .dump("udp6", UDP6, none()).dump("unix", UNIX, none()).owners(0);
        UnseenRun run = new UnseenRun();
        capture.read().forEach(run::add);
        assertEquals(List.of(2), run.totals().stream().map(UnseenRun.Total::snapshots).toList());
    }

    @Test
    void allNamespacesWereRecorded() {
        common(3).write(namespaces(0, RECORDED)).owners(0);
        assertEquals(List.of(), advice());
    }

    @Test
    void whatNeedsNetAdmin() {
        facts.put(HostEvidence.CAPABILITIES, "0000000000080004"); // CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH
        common(3).owners(0);
        assertEquals(
                List.of("recorded without CAP_NET_ADMIN: marks, TCP-MD5 use and details of upper layer protocols of 3"
                        + " sockets are unknown. Record as root, or with CAP_NET_ADMIN."),
                advice());
    }

    @Test
    void recordingMayHaveChangedTheHost() {
        common(1).note(Kind.MODULES_LOADED, 2,
                "the host changed: during the dumps, the kernel loaded inet_diag, unix_diag").owners(0);
        assertEquals(List
                .of("recording loaded inet_diag and unix_diag: the host was changed. Record with --no-modprobe to leave"
                        + " a host as it is."),
                advice());
    }

    @Test
    void linesThatAreNoRows() {
        begin().noDump("unix", UNIX, Outcome.NOT_LOADED)
                .procText("/proc/net/unix", unixSockets(2).line("stray").toBytes()).owners(0);
        assertEquals("/proc/net/unix is truncated (1 line is not a row): sockets in it may be missing.",
                advice().getLast());
    }

    @Test
    void aTextWithoutItsEnd() {
        begin().noDump("unix", UNIX, Outcome.NOT_LOADED)
                .procText("/proc/net/unix", ProcText.When.INSTEAD_OF_DUMP, false, unixSockets(2).toBytes()).owners(0);
        assertEquals("/proc/net/unix is unfinished (its end is not in the capture): sockets in it may be missing.",
                advice().getLast());
    }

    @Test
    void nothingIsListedForARecordingThatSawAll() {
        common(3).owners(0);
        protocols("TCP 3", "UNIX 0", "UNIX-STREAM 0", "UDP 0", "RAW 0", "PACKET 0", "NETLINK 0", "PING 0");
        assertEquals(List.of(), advice());
    }

    /** One sentence over all snapshots, with the last one's number. */
    @Test
    void theSameOverSnapshotsIsListedOnce() {
        unixNotLoaded(118).snapshot(1).noDump("unix", UNIX, Outcome.NOT_LOADED)
                .procText("/proc/net/unix", unixSockets(7).toBytes());
        UnseenRun run = new UnseenRun();
        capture.read().forEach(run::add);
        UnseenRun.Total first = run.totals().getFirst();
        assertEquals(List.of(7L, 2), List.of(first.last().sockets(), first.snapshots()));
        assertEquals(List.of("unix"), first.last().families());
        assertTrue(first.last().weakens());
    }
}
