package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketRow;
import org.jspecify.annotations.Nullable;

/** HOST of a filter, to be compared with one end of a socket. */
sealed interface HostPattern {
    Truth matches(SocketRow row, End end);

    /** Returns the number that &lt; and &gt; compare a port with; null when the pattern has none. */
    @Nullable
    Long port();

    /**
     * The port of a pattern; with neither number nor device it is any.
     *
     * @param device the socket must be bound to: the port of packet sockets, and the name after a percent sign
     */
    record Port(@Nullable Long number, @Nullable DeviceCondition device) {
        static final Port ANY = new Port(null, null);

        Truth matches(SocketRow row, End end) {
            Truth equal = Truth.of(number == null || number == end.port());
            return device == null ? equal : equal.and(device.of(row));
        }
    }

    /** A glob for a unix name; a socket without a name has the empty one. */
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
     * A pattern for packet, netlink and vsock.
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
     * A pattern for inet.
     *
     * @param prefix null for any, also for none
     */
    record Inet(@Nullable InetPrefix prefix, Port at) implements HostPattern {
        @Override
        public Truth matches(SocketRow row, End end) {
            Truth there = at.matches(row, end);
            return prefix == null || there == Truth.FALSE ? there
                    : there.and(Truth.of(end.inet() != null && prefix.contains(end.inet())));
        }

        @Override
        public @Nullable Long port() {
            return at.number();
        }
    }
}
