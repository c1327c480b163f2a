package dev.sockreel.address;

import dev.sockreel.nlmsg.WireReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address with a port.
 *
 * @param version   4 or 6
 * @param high      the first 8 bytes of an IPv6 address, in network order; 0 for IPv4
 * @param low       the last 8 bytes of an IPv6 address; an IPv4 address in the lower 32 bits
 * @param dualStack true for the IPv6 wildcard of a socket that takes IPv4 too (INET_DIAG_SKV6ONLY is there and 0)
 * @param port      0 for none
 */
public record InetEndpoint(int version, long high, long low, boolean dualStack, int port) implements SocketAddress {
    private static final long U32 = 0xffffffffL;
    /** Bytes 8 to 11 of {@code ::ffff:a.b.c.d}. */
    private static final long MAPPED = 0xffff;
    private static final int LOOPBACK_NET = 127;

    /** Returns an IPv4 address, its bytes in network order. */
    public static InetEndpoint ipv4(int address, int port) {
        return new InetEndpoint(4, 0, address & U32, false, port);
    }

    /** Returns an IPv6 address, its bytes in network order. */
    public static InetEndpoint ipv6(long high, long low, int port) {
        return new InetEndpoint(6, high, low, false, port);
    }

    /** Returns the IPv6 wildcard that takes IPv4 too. */
    public static InetEndpoint anyDualStack(int port) {
        return new InetEndpoint(6, 0, 0, true, port);
    }

    /** Reads the 4 bytes of an IPv4 address at an offset. */
    public static InetEndpoint readIpv4(WireReader in, int at, int port) {
        return ipv4(in.be32(at), port);
    }

    /** Reads the 16 bytes of an IPv6 address at an offset. */
    public static InetEndpoint readIpv6(WireReader in, int at, int port) {
        return ipv6(in.be64(at), in.be64(at + 8), port);
    }

    /** Returns the first port in the upper and the second in the lower 16 bits; 0 for addresses without ports. */
    public static int portPair(@Nullable SocketAddress one, @Nullable SocketAddress other) {
        return (one instanceof InetEndpoint a ? a.port << 16 : 0) | (other instanceof InetEndpoint b ? b.port : 0);
    }

    /** {@code 0.0.0.0}, {@code [::]} or {@code *}. */
    @Override
    public boolean isAny() {
        return high == 0 && low == 0;
    }

    @Override
    public boolean isLoopback() {
        return version == 4 ? low >>> 24 == LOOPBACK_NET : high == 0 && low == 1;
    }

    @Override
    public boolean hasPort() {
        return port != 0;
    }

    /** Returns whether this is an IPv6 address {@code ::ffff:a.b.c.d}. */
    public boolean isMapped() {
        return version == 6 && high == 0 && low >>> 32 == MAPPED;
    }

    @Override
    public InetEndpoint unmapped() {
        return isMapped() ? ipv4((int) low, port) : this;
    }

    /** {@code 0.0.0.0:80} accepts IPv4, {@code [::]:80} IPv6 alone, {@code *:80} both. */
    @Override
    public boolean accepts(SocketAddress destination) {
        if (!(destination instanceof InetEndpoint given)) {
            return false;
        }
        InetEndpoint here = unmapped();
        InetEndpoint there = given.unmapped();
        return here.equals(there) || (here.isAny() && here.port == there.port && here.acceptsKindOf(there));
    }

    private boolean acceptsKindOf(InetEndpoint there) {
        return dualStack || hasIpv4() == there.hasIpv4();
    }

    private boolean hasIpv4() {
        return version == 4 || dualStack;
    }

    /**
     * Returns the wildcards whose listener may have got a connection to this address, the likeliest first: for look-ups
     * in a map, where {@link #accepts} would mean to try each listener. It errs on the generous side: {@code [::]}
     * stands for IPv4-mapped addresses too, because older kernels and /proc do not say whether it takes IPv4.
     */
    public List<InetEndpoint> wildcards() {
        InetEndpoint four = ipv4(0, port);
        InetEndpoint both = anyDualStack(port);
        return version == 4 ? List.of(four, both) : List.of(ipv6(0, 0, port), both, four);
    }

    @Override
    public String toString() {
        return AddressText.of(this);
    }
}
