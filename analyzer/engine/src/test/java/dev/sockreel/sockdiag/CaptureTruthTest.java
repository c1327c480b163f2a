package dev.sockreel.sockdiag;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.FactsRow;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.TruthSocket;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares each socket of the real capture with its maker's truth and its own system calls. */
class CaptureTruthTest {
    private static final Path CAPTURE = Capture.unpack(Capture.MODS);

    /** Maps sockets by cookie; for sctp, the socket's own row. */
    private static Map<Long, DiagSocket> byCookie() {
        Map<Long, DiagSocket> byCookie = new HashMap<>();
        for (String dump : CapturedSockets.WHOLE_DUMPS) {
            for (DiagSocket s : CapturedSockets.sockets(Capture.MODS, dump)) {
                assertFalse(s.attributesBroken());
                byCookie.putIfAbsent(s.cookie(), s);
            }
        }
        return byCookie;
    }

    /** A bare socket, one that is only bound (listed from Linux 6.12 on) and another namespace's are in no dump. */
    @Test
    void everySocketOfTheMakerIsFoundByItsCookie() {
        Map<Long, DiagSocket> sockets = byCookie();
        List<String> missing = Truth.setup(CAPTURE).stream()
                .filter(t -> t.cookie() != null && !sockets.containsKey(t.cookie()))
                .map(TruthSocket::name).sorted().toList();
        assertEquals(List.of("other.listen", "other.ux.client", "other.ux.server", "tcp.boundonly", "tcp.fresh"),
                missing);
    }

    @Test
    void inodeUidStateAndNamesAreTheMakers() {
        Map<Long, DiagSocket> sockets = byCookie();
        for (TruthSocket t : Truth.setup(CAPTURE)) {
            DiagSocket s = t.cookie() == null ? null : sockets.get(t.cookie());
            if (s == null || isOtherNamespace(t)) {
                continue;
            }
            assertAll(t.name(),
                    () -> assertEquals(t.inode(), s.inode(), "inode"),
                    () -> assertEquals(t.state() == null ? s.state() : t.state(), s.state(), "state"),
                    () -> assertEquals(t.domain(), s.family(), "family"),
                    () -> assertUid(t, s),
                    () -> assertNames(t, s));
        }
    }

    private static boolean isOtherNamespace(TruthSocket t) {
        return t.name().startsWith("other.");
    }

    private static void assertUid(TruthSocket t, DiagSocket s) {
        if (s.family() == 16 || s.family() == 40) {
            assertEquals(Socket.UNKNOWN, s.uid());
            assertEquals(Unknown.NO_SUCH_MEASURE, s.unknown().get("uid"));
        } else {
            assertEquals(t.uid(), s.uid(), "uid");
        }
    }

    private static void assertNames(TruthSocket t, DiagSocket s) {
        switch (s.family()) {
            case 1 -> assertEquals(
                    t.localUnixName() == null || t.localUnixName().length == 0 ? null
                            : inContractText(requireNonNull(t.local())),
                    AddressText.orNull(s.local()), "local");
            case 2, 10 -> {
                String ours = requireNonNull(AddressText.orNull(s.local()));
                String any = ours.startsWith("*") ? "*" : "[::]";
                assertEquals(requireNonNull(t.local()).replace("[::]", any), ours, "local");
                if (t.remote() != null && s.protocol() != 255) {
                    assertEquals(t.remote(), AddressText.orNull(s.peer()), "peer");
                }
            }
            case 40 ->
                assertEquals(requireNonNull(t.local()).replace("4294967295", "*"), AddressText.orNull(s.local()));
            default -> {}
        }
    }

    /** {@code <0a>} of the truth file is {@code \x0a} here. */
    private static String inContractText(String truth) {
        return truth.replaceAll("<([0-9a-f]{2})>", "\\\\x$1");
    }

    @Test
    void queuesAreThoseOfSockDiag() {
        Map<Long, DiagSocket> sockets = byCookie();
        Map<String, TruthSocket> truth = Truth.setup(CAPTURE).stream()
                .collect(Collectors.toMap(TruthSocket::name, Function.identity()));
        int compared = 0;
        for (FactsRow f : Truth.facts(CAPTURE)) {
            TruthSocket t = requireNonNull(truth.get(f.name()));
            DiagSocket s = t.cookie() == null ? null : sockets.get(t.cookie());
            if (s == null || f.diagRecvQ() == null || s.protocol() == InetProtocol.IPPROTO_SCTP) {
                continue;
            }
            assertEquals(f.diagRecvQ(), s.recvQ().kernelNumber(), f.name() + " recvQ");
            assertEquals(s.recvQ().kernelNumber(), s.recvQNumber(), f.name());
            if (s.family() != 17) {
                assertEquals(f.diagSendQ(), s.sendQ().kernelNumber(), f.name() + " sendQ");
            }
            compared++;
        }
        assertTrue(compared > 250, "compared " + compared);
    }

    /** A known number of unread bytes is the maker's count. */
    @Test
    void unreadIsTheMakersCount() {
        Map<Long, DiagSocket> sockets = byCookie();
        int claimed = 0;
        for (TruthSocket t : Truth.setup(CAPTURE)) {
            DiagSocket s = t.cookie() == null ? null : sockets.get(t.cookie());
            if (s == null || t.unread() == null) {
                continue;
            }
            OptionalLong unread = s.unread();
            if (unread.isPresent()) {
                assertEquals(t.unread(), unread.getAsLong(), t.name());
                claimed++;
            } else if (t.unread() > 0) {
                // A first datagram's length, memory, vsock: they can show that data waits, never that none does.
                assertFalse(Boolean.FALSE.equals(s.waiting()) && !s.isListener(), t.name());
                assertNotNull(s.unknown().get("unread"), t.name());
            }
        }
        assertTrue(claimed > 200, "claimed " + claimed);
    }

    @Test
    void listenersKnowPendingAndLimit() {
        Map<Long, DiagSocket> sockets = byCookie();
        int listeners = 0;
        for (TruthSocket t : Truth.setup(CAPTURE)) {
            DiagSocket s = t.cookie() == null ? null : sockets.get(t.cookie());
            if (s == null || !"LISTEN".equals(t.state()) || s.family() == 40) {
                continue;
            }
            assertTrue(s.isListener(), t.name());
            assertEquals(new Queue.PendingConnections(requireNonNull(t.pending())), s.recvQ(), t.name());
            assertEquals(new Queue.BacklogLimit(requireNonNull(t.backlog())), s.sendQ(), t.name());
            assertEquals(OptionalLong.empty(), s.unread());
            assertNull(s.unknown().get("unread"));
            listeners++;
        }
        assertTrue(listeners > 20, "listeners " + listeners);
    }

    @Test
    void memoryWordsAreThoseOfGetsockopt() {
        Map<Long, DiagSocket> sockets = byCookie();
        int compared = 0;
        for (TruthSocket t : Truth.setup(CAPTURE)) {
            DiagSocket s = t.cookie() == null ? null : sockets.get(t.cookie());
            if (s == null || t.meminfo() == null || s.value(SkMemInfo.DROPS).isEmpty()
            // It received events of modules that the dumps made the kernel load.
                    || t.name().equals("netlink.uevent")) {
                continue;
            }
            assertEquals(t.meminfo().get(0), s.value(SkMemInfo.RMEM_ALLOC).getAsLong(), t.name());
            assertEquals(t.meminfo().get(1), s.value(SkMemInfo.RCVBUF).getAsLong(), t.name());
            // Where the other end keeps sending, more were dropped since.
            long since = s.value(SkMemInfo.DROPS).getAsLong() - t.meminfo().get(8);
            assertTrue(since == 0 || (since > 0 && t.meminfo().get(8) > 0), t.name() + " " + since);
            compared++;
        }
        assertTrue(compared > 150, "compared " + compared);
    }

    /** Values that do not age are the same in getsockopt's and sock_diag's tcp_info of an idle socket. */
    @Test
    void tcpInfoIsThatOfGetsockopt() {
        Map<Long, DiagSocket> sockets = byCookie();
        int compared = 0;
        for (TruthSocket t : Truth.setup(CAPTURE)) {
            DiagSocket s = t.cookie() == null ? null : sockets.get(t.cookie());
            byte[] info = t.tcpInfo();
            if (s == null || info == null) {
                continue;
            }
            assertEquals(little(info, 128, 8), s.value(TcpInfo.BYTES_RECEIVED).getAsLong(), t.name());
            assertEquals(little(info, 84, 4), s.value(TcpInfo.TABLE.field("tcpi_advmss")).getAsLong(), t.name());
            assertEquals(info[6] & 0xf, s.value(TcpInfo.SND_WSCALE).getAsLong(), t.name());
            assertEquals(info[6] >> 4 & 0xf, s.value(TcpInfo.RCV_WSCALE).getAsLong(), t.name());
            assertTrue(s.value(TcpInfo.SND_WND).isPresent());
            assertTrue(s.value(TcpInfo.RCV_WND).isEmpty(), "232 bytes end before tcpi_rcv_wnd");
            compared++;
        }
        assertTrue(compared > 10, "compared " + compared);
    }

    private static long little(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return value;
    }

    private static DiagSocket named(Map<Long, DiagSocket> sockets, String name) {
        return requireNonNull(sockets.get(requireNonNull(Truth.named(CAPTURE, name).cookie())));
    }

    @Test
    void unixPeersAndFilesAreTheMakers() {
        Map<Long, DiagSocket> sockets = byCookie();
        TruthSocket idle = Truth.named(CAPTURE, "ux.idle.server");
        assertEquals(idle.peerInode(), named(sockets, "ux.idle.server").peerInode());
        // Its peer has closed: the attribute is present and 0.
        assertEquals(0, named(sockets, "ux.orphan.server").peerInode());
        // No peer: no attribute.
        assertEquals(Socket.UNKNOWN, named(sockets, "ux.log").peerInode());
        // ss printed ino:3 dev:0/22 for this path
        DiagSocket listener = CapturedSockets.sockets(Capture.MODS, "unix").stream()
                .filter(s -> "/tmp/holdout-128.sock".equals(AddressText.orNull(s.local())) && s.isListener())
                .findFirst().orElseThrow();
        assertEquals(3, listener.fileInode());
        assertEquals(22, listener.fileDevice());
        assertTrue(JsonText.of(listener).contains("\"UNIX_DIAG_ICONS\":[10367,10368,10369]"), JsonText.of(listener));
    }

    @Test
    void theOldRequestListsBothFamilies() {
        List<DiagSocket> sockets = CapturedSockets.sockets(Capture.MODS, "tcp_getsock");
        assertEquals("tcp", CapturedSockets.parsedRequest(Capture.MODS, "tcp_getsock").familyId());
        Map<Integer, Long> perFamily = sockets.stream()
                .collect(Collectors.groupingBy(Socket::family, Collectors.counting()));
        assertEquals(CapturedSockets.sockets(Capture.MODS, "tcp4").size(), requireNonNull(perFamily.get(2)).intValue());
        assertEquals(CapturedSockets.sockets(Capture.MODS, "tcp6").size(),
                requireNonNull(perFamily.get(10)).intValue());
    }

    @Test
    void theClosedEndInFinWait2IsNotMeasured() {
        DiagSocket s = CapturedSockets.sockets(Capture.MODS, "tcp4").stream()
                .filter(x -> "127.0.0.1:43202".equals(AddressText.orNull(x.local()))).findFirst().orElseThrow();
        assertEquals("FIN-WAIT-2", s.state());
        assertEquals(Queue.NOT_MEASURED, s.recvQ());
        assertNull(s.waiting());
        assertEquals(Unknown.NO_SUCH_MEASURE, s.unknown().get("recvQ"));
        // the other FIN-WAIT-2 has an inode and its queues
        DiagSocket held = CapturedSockets.sockets(Capture.MODS, "tcp4").stream()
                .filter(x -> "127.0.0.1:43200".equals(AddressText.orNull(x.local()))).findFirst().orElseThrow();
        assertEquals(new Queue.SequenceBytes(0), held.recvQ());
    }

    @Test
    void closeWaitTakesTheFinOff() {
        Map<String, Long> unread = new HashMap<>();
        for (DiagSocket s : CapturedSockets.sockets(Capture.MODS, "tcp4")) {
            if (s.state().equals("CLOSE-WAIT")) {
                unread.put(AddressText.orNull(s.peer()), s.unread().getAsLong());
                assertEquals(true, s.eofUnread());
                assertEquals(s.unread().getAsLong() > 0, s.waiting());
            }
        }
        assertEquals(Map.of("127.0.0.1:43200", 0L, "127.0.0.1:43201", 5L, "127.0.0.1:43202", 77L), unread);
    }

    @Test
    void mptcpSubflowsShowTheirUlp() {
        List<String> ulps = CapturedSockets.sockets(Capture.MODS, "tcp4").stream()
                .filter(s -> s.ulp() != null).map(s -> s.local() + " " + s.ulp()).sorted().toList();
        assertEquals(List.of("127.0.0.1:20010 mptcp", "127.0.0.1:20010 mptcp", "127.0.0.1:43500 mptcp"), ulps);
    }
}
