package dev.sockreel.filter;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.InetEndpoint;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Addresses of the command line become the values that sockets have. */
class InetHostTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** Returns one with many zeros, or an IPv4-mapped one, more often than chance would. */
    private InetEndpoint address(int port) {
        return switch (random.nextInt(6)) {
            case 0 -> InetEndpoint.ipv4(random.nextInt(), port);
            case 1 -> InetEndpoint.ipv4(random.nextInt(3), port);
            case 2 -> InetEndpoint.ipv6(0, 0xffffL << 32 | random.nextInt(3), port);
            case 3 -> InetEndpoint.ipv6(0, random.nextInt(3), port);
            case 4 -> InetEndpoint.ipv6(random.nextLong(), random.nextInt(3), port);
            default -> InetEndpoint.ipv6(random.nextLong(), random.nextLong(), port);
        };
    }

    private static HostPattern.Inet parse(String text) {
        return new InetHostParser(new HostText(text, 0), Filter.AF_UNSPEC).parse(false);
    }

    @Test
    void printedAddressesAreReadAsTheSameValues() {
        System.out.println("random hosts: seed " + seed);
        for (int i = 0; i < 5000; i++) {
            InetEndpoint bare = address(0);
            int port = 1 + random.nextInt(0xffff);
            InetPrefix whole = new InetPrefix(bare, bare.version() == 4 ? 32 : 128);
            HostPattern.Inet read = parse(AddressText.of(bare));
            assertEquals(whole, read.prefix(), () -> "seed " + seed);
            assertNull(read.port(), () -> "seed " + seed);
            HostPattern.Inet withPort =
                    parse(AddressText.of(new InetEndpoint(bare.version(), bare.high(), bare.low(), false, port)));
            assertEquals(whole, withPort.prefix(), () -> "seed " + seed);
            assertEquals(port, requireNonNull(withPort.port()), () -> "seed " + seed);
        }
        assertNull(parse(AddressText.of(InetEndpoint.anyDualStack(80))).prefix());
    }

    /** The first bits as a number of any length say the same. */
    @Test
    void prefixesCompareTheFirstBits() {
        System.out.println("random prefixes: seed " + seed);
        for (int i = 0; i < 20_000; i++) {
            InetEndpoint a = address(0);
            InetEndpoint b = random.nextInt(3) == 0 ? a : address(80);
            int all = a.version() == 4 ? 32 : 128;
            int bits = random.nextInt(all + 1);
            InetEndpoint near = random.nextBoolean() ? b : flipped(a, random.nextInt(all));
            InetEndpoint counted = a.version() == 4 ? near.unmapped() : near;
            boolean expected = counted.version() == a.version()
                    && number(a).xor(number(counted)).shiftRight(all - bits).signum() == 0;
            assertEquals(expected, new InetPrefix(a, bits).contains(near),
                    () -> "seed " + seed + ": " + a + "/" + bits + " " + near);
        }
    }

    private static InetEndpoint flipped(InetEndpoint a, int bit) {
        return bit < 64 ? new InetEndpoint(a.version(), a.high(), a.low() ^ 1L << bit, false, 0)
                : new InetEndpoint(a.version(), a.high() ^ 1L << bit - 64, a.low(), false, 0);
    }

    private static BigInteger number(InetEndpoint a) {
        return new BigInteger(Long.toUnsignedString(a.high())).shiftLeft(64)
                .or(new BigInteger(Long.toUnsignedString(a.low())));
    }
}
