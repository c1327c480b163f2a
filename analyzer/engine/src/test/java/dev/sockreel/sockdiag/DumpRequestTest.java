package dev.sockreel.sockdiag;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpRequestTest {
    private static DumpRequest parse(NlmsgBuilder request) {
        DumpRequest parsed = DumpRequest.parse(request.toBytes(), request.order());
        if (parsed == null) {
            throw new AssertionError("not parsed");
        }
        return parsed;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "tcp4", "tcp6", "udp4", "udp6", "udplite4", "raw4", "raw6", "sctp4", "dccp4", "mptcp4", "mptcp6", "packet",
        "netlink", "vsock", "xdp"})
    void aRealRequestHasTheNameOfItsFile(String name) {
        DumpRequest request = CapturedSockets.parsedRequest(Capture.MODS, name);
        assertEquals(name, request.familyId());
        assertTrue(request.isDump());
        assertTrue(request.showKnown());
        assertTrue(request.seq() >= 0x1e240);
    }

    @Test
    void realRequestsOfOtherKinds() {
        assertEquals("tcp", CapturedSockets.parsedRequest(Capture.MODS, "tcp_getsock").familyId());
        assertEquals(0xff, CapturedSockets.parsedRequest(Capture.MODS, "tcp_getsock").show());
        assertEquals(DumpRequest.ALL_STATES, CapturedSockets.parsedRequest(Capture.MODS, "tcp_getsock").states());
        // A dump of all unix sockets is one even if it requests ICONS.
        assertEquals("unix", CapturedSockets.parsedRequest(Capture.MODS, "unix").familyId());
        assertFalse(CapturedSockets.parsedRequest(Capture.MODS, "tcp4_one_nine").isDump());
        assertEquals(1 << 10, CapturedSockets.parsedRequest(Capture.MODS, "tcp4_listen").states());
        assertEquals("family-200", CapturedSockets.parsedRequest(Capture.MODS, "family200").familyId());
        // 24 bytes hold the states, but not the sockid.
        assertEquals("tcp4", CapturedSockets.parsedRequest(Capture.MODS, "short_request").familyId());
    }

    @Test
    void bothByteOrders() {
        for (ByteOrder order : new ByteOrder[] {LITTLE_ENDIAN, BIG_ENDIAN}) {
            DumpRequest inet = parse(DiagRequest.inet(order, 10, 17, 0x46, 0xabc).seq(0x12345678));
            assertEquals(new DumpRequest(20, 10, 17, 0xabc, 0x46, true, true, false, 0x12345678), inet);
            DumpRequest mptcp = parse(DiagRequest.inet(order, 2, 6, 2, 0xfff)
                    .attributes(a -> a.u32(Uapi.INET_DIAG_REQ_PROTOCOL, 262)));
            assertEquals(262, mptcp.protocol());
            assertEquals("mptcp4", mptcp.familyId());
            DumpRequest old = parse(DiagRequest.tcpdiagGetsock(order, 2, 0x2, 0x400));
            assertEquals(new DumpRequest(18, 2, 6, 0x400, 0x2, true, true, false, 1), old);
            DumpRequest unix = parse(DiagRequest.unix(order, 0x402, 5, 0x77, 9));
            assertEquals(new DumpRequest(20, 1, 0, 0x402, 0x77, true, true, false, 1), unix);
            assertEquals("unix", unix.familyId());
            assertEquals(3, parse(DiagRequest.netlink(order, 255, 3)).show());
            assertEquals("packet", parse(DiagRequest.packet(order, 0x3f)).familyId());
            assertFalse(parse(DiagRequest.inetOne(order, 2, 6, 2, "127.0.0.1", 1, "127.0.0.1", 2)).isDump());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "tcp4", "tcp6", "udp4", "udplite6", "raw6", "sctp4", "dccp4", "mptcp4", "mptcp6", "unix", "unix-icons",
        "packet", "netlink", "vsock", "xdp", "tipc", "smc", "tcp"})
    void aNameBackAndForth(String id) {
        DumpRequest request = DumpRequest.ofFamilyId(id);
        assertEquals(id, request.familyId());
        assertFalse(request.showKnown());
        assertFalse(request.leavesOut(0xff), "an unknown request leaves nothing out");
    }

    /** The old requests are for inet, whatever family they state. */
    @Test
    void anOldRequestOfAnyFamilyIsInets() {
        for (int family : new int[] {0, Uapi.AF_UNIX, Uapi.AF_INET, Uapi.AF_INET6, 200}) {
            byte[] bytes = DiagRequest.tcpdiagGetsock(LITTLE_ENDIAN, family, 0x2, 0x400)
                    .type(DumpRequest.DCCPDIAG_GETSOCK).toBytes();
            DumpRequest request = DumpRequest.parse(bytes, LITTLE_ENDIAN);
            assertEquals(family == Uapi.AF_INET6 ? "dccp6" : "dccp4", request == null ? "" : request.familyId());
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "tcp5", "unix4", "4", "family-200"})
    void aNameThatIsNone(String id) {
        assertNull(Families.of(DumpRequest.ofFamilyId(id)));
    }

    @Test
    void everyCutAndEveryFlip() {
        for (String name : new String[] {"tcp4", "mptcp6", "unix", "netlink", "packet", "vsock", "xdp",
            "tcp_getsock"}) {
            byte[] bytes = CapturedSockets.request(Capture.MODS, name);
            for (int end = 0; end <= bytes.length; end++) {
                DumpRequest request = DumpRequest.parse(Arrays.copyOf(bytes, end), LITTLE_ENDIAN);
                assertEquals(end < 18, request == null);
                // Fields beyond the bytes are unknown, so nothing counts as not requested.
                if (request != null && end < 19) {
                    assertFalse(request.leavesOut(0x7f));
                }
            }
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                DumpRequest request = DumpRequest.parse(bytes, LITTLE_ENDIAN);
                if (request != null) {
                    assertFalse(request.familyId().isEmpty());
                }
                DumpRequest.parse(bytes, BIG_ENDIAN);
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }
}
