package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketRow;
import org.jspecify.annotations.Nullable;

/** HOST of a filter, against one end of a socket. */
sealed interface HostPattern {
    Truth matches(SocketRow row, End end);

    /** The number that a port is compared with by order; null when the pattern has none. */
    @Nullable
    Long port();

    /**
     * Null and null: any.
     *
     * @param device the socket must be bound to: the port of packet sockets, and what stands behind a percent sign
     */
    record Port(@Nullable Long number, @Nullable DeviceCondition device) {
        static final Port ANY = new Port(null, null);

        Truth matches(SocketRow row, End end) {
            Truth equal = Truth.of(number == null || number == end.port());
            return device == null ? equal : equal.and(device.of(row));
        }
    }

    /** A glob on the name; no name is the empty one. */
    record Unix(Glob glob) implements HostPattern {
        @Override
        public Truth matches(SocketRow row, End end) {
            return Truth.of(glob.matches(end.name() == null ? "" : end.name()));
        }

        @Override
        public @Nullable Long port() {
            return null;
        }
    }

    /**
     * packet, netlink, vsock.
     *
     * @param number ethertype, protocol or cid; null for any
     */
    record Numbered(@Nullable Long number, Port at) implements HostPattern {
        @Override
        public Truth matches(SocketRow row, End end) {
            return Truth.of(number == null || number == end.number()).and(at.matches(row, end));
        }

        @Override
        public @Nullable Long port() {
            return at.number();
        }
    }

    /**
     * An address of IPv4 is also that of an IPv4-mapped end, as in the kernel; not the other way round.
     *
     * @param address null for any, also for none
     */
    record Inet(byte @Nullable [] address, int prefixBits, Port at) implements HostPattern {
        @Override
        public Truth matches(SocketRow row, End end) {
            Truth there = at.matches(row, end);
            return address == null || there == Truth.FALSE ? there
                    : there.and(Truth.of(matches(address, end.address())));
        }

        private boolean matches(byte[] wanted, byte @Nullable [] given) {
            if (given == null) {
                return false;
            }
            if (wanted.length == given.length) {
                return equal(wanted, given, 0);
            }
            return wanted.length == 4 && isMapped(given) && equal(wanted, given, 12);
        }

        private boolean equal(byte[] wanted, byte[] given, int from) {
            for (int bit = 0; bit < prefixBits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((wanted[bit / 8] & mask) != (given[from + bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isMapped(byte[] six) {
            for (int i = 0; i < 12; i++) {
                if (six[i] != (i < 10 ? 0 : -1)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public @Nullable Long port() {
            return at.number();
        }
    }
}
