package dev.sockreel.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The kinds of addresses: what they print, what is equal to what, and what accepts what. */
class SocketAddressTest {
    /** @param traits of these words: any, loopback, port */
    private record Case(SocketAddress address, String host, String port, String text, String traits) {}

    private static InetEndpoint inet(String literal, int port) {
        byte[] bytes = InetAddress.ofLiteral(literal).getAddress();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length == 16) {
            return InetEndpoint.ipv6(in.getLong(), in.getLong(), port);
        }
        return literal.contains(":")
                ? InetEndpoint.ipv6(0, 0xffffL << 32 | Integer.toUnsignedLong(in.getInt()), port)
                : InetEndpoint.ipv4(in.getInt(), port);
    }

    private static UnixAddress unix(String sunPath) {
        UnixAddress address = UnixAddress.ofSunPath(sunPath.getBytes(StandardCharsets.UTF_8));
        if (address == null) {
            throw new AssertionError("no name in \"" + sunPath + "\"");
        }
        return address;
    }

    private static final List<Case> CASES = List.of(
            new Case(inet("127.0.0.1", 80), "127.0.0.1", "80", "127.0.0.1:80", "loopback port"),
            new Case(inet("127.255.0.9", 65535), "127.255.0.9", "65535", "127.255.0.9:65535", "loopback port"),
            new Case(inet("255.255.255.255", 0), "255.255.255.255", "*", "255.255.255.255:*", ""),
            new Case(inet("10.0.0.1", 0), "10.0.0.1", "*", "10.0.0.1:*", ""),
            new Case(inet("0.0.0.0", 80), "0.0.0.0", "80", "0.0.0.0:80", "any port"),
            new Case(inet("0.0.0.0", 0), "0.0.0.0", "*", "0.0.0.0:*", "any"),
            new Case(inet("::", 80), "[::]", "80", "[::]:80", "any port"),
            new Case(InetEndpoint.anyDualStack(80), "*", "80", "*:80", "any port"),
            new Case(InetEndpoint.anyDualStack(0), "*", "*", "*:*", "any"),
            new Case(inet("::1", 80), "[::1]", "80", "[::1]:80", "loopback port"),
            new Case(inet("::2", 80), "[::2]", "80", "[::2]:80", "port"),
            new Case(inet("::ffff:127.0.0.1", 80), "[::ffff:127.0.0.1]", "80", "[::ffff:127.0.0.1]:80", "port"),
            new Case(inet("::ffff:0.0.0.0", 80), "[::ffff:0.0.0.0]", "80", "[::ffff:0.0.0.0]:80", "port"),
            new Case(inet("2001:db8:0:0:1:0:0:1", 1), "[2001:db8::1:0:0:1]", "1", "[2001:db8::1:0:0:1]:1", "port"),
            new Case(inet("fe80:0:1:0:2:0:3:0", 1), "[fe80:0:1:0:2:0:3:0]", "1", "[fe80:0:1:0:2:0:3:0]:1", "port"),
            new Case(inet("1:2:3:4:5:6:0:0", 1), "[1:2:3:4:5:6::]", "1", "[1:2:3:4:5:6::]:1", "port"),
            new Case(unix("/run/x"), "/run/x", "", "/run/x", ""),
            new Case(unix("/run/x\0rest"), "/run/x", "", "/run/x", ""),
            new Case(unix("\0x"), "@x", "", "@x", ""),
            new Case(unix("\0"), "@", "", "@", ""),
            new Case(unix("\0a\0b\n"), "@a\\x00b\\x0a", "", "@a\\x00b\\x0a", ""),
            new Case(unix("@x"), "\\x40x", "", "\\x40x", ""),
            new Case(unix("\\x40x"), "\\x5cx40x", "", "\\x5cx40x", ""),
            new Case(new NetlinkAddress(16, 7), "16", "7", "16:7", ""),
            new Case(new NetlinkAddress(16, 0), "16", "0", "16:0", ""),
            new Case(new NetlinkAddress(0, -4100), "0", "-4100", "0:-4100", ""),
            new Case(new NetlinkAddress(0, -1), "0", "*", "0:*", ""),
            new Case(new NetlinkDestination(2, 7), "2", "7", "2:7", ""),
            new Case(new NetlinkDestination(0, -1), "0", "-1", "0:-1", ""),
            new Case(new PacketAddress(3), "*", "*", "*:*", ""),
            new Case(new PacketAddress(0x800), "[2048]", "*", "[2048]:*", ""),
            new Case(new PacketAddress(0), "[0]", "*", "[0]:*", ""),
            new Case(new VsockAddress(2, 1234), "2", "1234", "2:1234", "port"),
            new Case(new VsockAddress(0xffffffffL, 1234), "*", "1234", "*:1234", "any port"),
            new Case(new VsockAddress(0xffffffffL, 0xffffffffL), "*", "*", "*:*", "any"),
            new Case(new TipcAddress(0xfffffffeL, 9), "4294967294", "9", "4294967294:9", ""),
            new Case(new XdpAddress(6), "*", "q6", "*:q6", ""),
            new Case(NoPeer.INSTANCE, "*", "", "*", ""));

    @Test
    void thereIsACaseOfEachKind() {
        Set<Class<?>> kinds = Set.of(SocketAddress.class.getPermittedSubclasses());
        assertEquals(kinds, CASES.stream().map(c -> c.address().getClass()).collect(Collectors.toSet()));
    }

    @Test
    void eachPrintsAsSsDoes() {
        for (Case c : CASES) {
            assertEquals(c.text(), AddressText.of(c.address()));
            assertEquals(c.text(), c.address().toString());
            assertEquals(c.text(), AddressText.orNull(c.address()));
            assertEquals(c.port(), AddressText.port(c.address()), c.text());
            assertEquals(c.host(), AddressText.host(c.address()), c.text());
        }
        assertNull(AddressText.orNull(null));
    }

    @Test
    void eachSaysWhetherItIsAnyOrLoopbackOrHasAPort() {
        for (Case c : CASES) {
            List<String> traits = new ArrayList<>();
            traits.addAll(c.address().isAny() ? List.of("any") : List.of());
            traits.addAll(c.address().isLoopback() ? List.of("loopback") : List.of());
            traits.addAll(c.address().hasPort() ? List.of("port") : List.of());
            assertEquals(c.traits(), String.join(" ", traits), c.text());
        }
    }

    /** Two of one kind are equal exactly when their text is; two kinds never are. */
    @Test
    void equalityIsThatOfTheText() {
        for (Case a : CASES) {
            for (Case b : CASES) {
                boolean same = a.text().equals(b.text()) && a.address().getClass() == b.address().getClass();
                assertEquals(same, a.address().equals(b.address()), a + " " + b);
                assertTrue(!same || a.address().hashCode() == b.address().hashCode(), a + " " + b);
            }
        }
    }

    @Test
    void onlyMappedAddressesStandForOthers() {
        for (Case c : CASES) {
            boolean mapped = c.host().startsWith("[::ffff:");
            SocketAddress other = c.address().unmapped();
            assertEquals(mapped ? c.text().replace("[::ffff:", "").replace("]", "") : c.text(), other.toString());
            assertEquals(!mapped, other.equals(c.address()), c.text());
        }
    }

    /** A wildcard accepts its port at the addresses it stands for, any other address only itself. */
    @Test
    void listenersAcceptTheirPort() {
        List<InetEndpoint> ends = List.of(
                inet("127.0.0.1", 80), inet("::ffff:127.0.0.1", 80), inet("::1", 80), inet("127.0.0.1", 81),
                inet("10.0.0.1", 80));
        assertAccepts("+++-+", InetEndpoint.anyDualStack(80), ends);
        assertAccepts("++--+", inet("0.0.0.0", 80), ends);
        assertAccepts("++--+", inet("::ffff:0.0.0.0", 80), ends);
        assertAccepts("--+--", inet("::", 80), ends);
        assertAccepts("++---", inet("127.0.0.1", 80), ends);
        assertAccepts("++---", inet("::ffff:127.0.0.1", 80), ends);
        assertAccepts("--+--", inet("::1", 80), ends);
        assertAccepts("-----", new VsockAddress(VsockAddress.ANY, 80), ends);
        List<VsockAddress> vsock =
                List.of(new VsockAddress(2, 80), new VsockAddress(3, 80), new VsockAddress(2, 81));
        assertAccepts("++-", new VsockAddress(VsockAddress.ANY, 80), vsock);
        assertAccepts("+--", new VsockAddress(2, 80), vsock);
        for (Case a : CASES) {
            for (Case b : CASES) {
                if (!a.address().unmapped().isAny()) {
                    boolean same = a.address().unmapped().equals(b.address().unmapped());
                    assertEquals(same, a.address().accepts(b.address()), a + " " + b);
                }
            }
        }
    }

    private static void assertAccepts(String expected, SocketAddress listening, List<? extends SocketAddress> ends) {
        assertEquals(expected, ends.stream().map(e -> listening.accepts(e) ? "+" : "-").collect(Collectors.joining()),
                listening::toString);
    }

    /** An address that accepts a connection is the connection's own address or one of its wildcards. */
    @Test
    void wildcardsLeaveOutNothingThatAccepts() {
        List<InetEndpoint> listening = List.of(
                inet("0.0.0.0", 80), inet("::", 80), InetEndpoint.anyDualStack(80), inet("0.0.0.0", 81));
        for (InetEndpoint end : List.of(inet("10.0.0.1", 80), inet("::1", 80), inet("::ffff:10.0.0.1", 80))) {
            for (InetEndpoint any : listening) {
                assertTrue(!any.accepts(end) || end.wildcards().contains(any), any + " " + end);
            }
        }
        assertEquals("[0.0.0.0:80, *:80]", inet("10.0.0.1", 80).wildcards().toString());
        assertEquals("[[::]:80, *:80, 0.0.0.0:80]", inet("::1", 80).wildcards().toString());
    }

    @Test
    void theKernelsOwnEndHasPortIdZero() {
        assertTrue(new NetlinkAddress(4, 0).isKernel());
        assertFalse(new NetlinkAddress(0, 10).isKernel());
    }

    @Test
    void noBytesAreNoName() {
        assertNull(UnixAddress.ofSunPath(new byte[0]));
    }

    /** Java's own parser finds the bytes again. */
    @Test
    void printedInetAddressesAreThoseOfTheBytes() {
        long seed = System.nanoTime();
        System.out.println("random addresses: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(4) == 0 ? 4 : 16];
            random.nextBytes(bytes);
            for (int zero = random.nextInt(8); zero > 0; zero--) {
                int at = random.nextInt(bytes.length / 2) * 2;
                Arrays.fill(bytes, at, at + 2, (byte) 0);
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            InetEndpoint address = bytes.length == 4
                    ? InetEndpoint.ipv4(in.getInt(), 1) : InetEndpoint.ipv6(in.getLong(), in.getLong(), 1);
            assertEquals(address, inet(AddressText.bare(address), 1), () -> "seed " + seed + ": " + address);
        }
    }
}
