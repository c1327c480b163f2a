package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.WireReader;

/**
 * One end of a connection over the loopback device as a number made of address and port, so that ends can be matched
 * without strings. IPv4-mapped addresses count as IPv4.
 */
public final class LoopbackEnd {
    /** The result for an address that is no loopback address. */
    public static final long NONE = 0;

    private static final long IPV6 = 1L << 48;

    public static long local(DiagSocket s) {
        return key(s, InetFamily.SRC, InetFamily.SPORT);
    }

    public static long peer(DiagSocket s) {
        return key(s, InetFamily.DST, InetFamily.DPORT);
    }

    /**
     * Returns the number.
     *
     * @param s a socket of an inet family
     */
    private static long key(DiagSocket s, int addressAt, int portAt) {
        WireReader in = s.in();
        int at = s.header() + addressAt;
        long port = in.be16(s.header() + portAt);
        if (s.family() == Family.AF_INET) {
            return ipv4(in, at, port);
        }
        boolean zeros = in.u32(at) == 0 && in.u32(at + 4) == 0;
        if (zeros && in.be16(at + 8) == 0 && in.be16(at + 10) == 0xffff) {
            return ipv4(in, at + 12, port);
        }
        boolean one = zeros && in.u32(at + 8) == 0 && in.be16(at + 12) == 0 && in.be16(at + 14) == 1;
        return one ? IPV6 | port : NONE;
    }

    private static long ipv4(WireReader in, int at, long port) {
        return in.u8(at) == 127 ? ((long) in.be16(at) << 16 | in.be16(at + 2)) << 16 | port : NONE;
    }

    private LoopbackEnd() {}
}
