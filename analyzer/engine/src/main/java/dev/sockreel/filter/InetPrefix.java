package dev.sockreel.filter;

import dev.sockreel.address.InetEndpoint;

/**
 * Addresses that share their first bits with this one.
 *
 * @param address its port does not count
 * @param bits    0 to 32 for IPv4, 0 to 128 for IPv6
 */
record InetPrefix(InetEndpoint address, int bits) {
    private static final int IPV4_BITS = 32;

    /** Returns whether an address begins so; an IPv4-mapped one counts as IPv4 too, as in the kernel. */
    boolean contains(InetEndpoint given) {
        if (address.version() == 6) {
            return given.version() == 6
                    && sameBits(address.high(), given.high(), bits)
                    && sameBits(address.low(), given.low(), bits - Long.SIZE);
        }
        return given.unmapped().version() == 4 && sameBits(
                address.low() << IPV4_BITS, given.unmapped().low() << IPV4_BITS, bits);
    }

    /** @param bits counted from the highest; below 1 for none, above 64 for all */
    private static boolean sameBits(long a, long b, int bits) {
        return bits <= 0 || (a ^ b) >>> Long.SIZE - Math.min(bits, Long.SIZE) == 0;
    }
}
