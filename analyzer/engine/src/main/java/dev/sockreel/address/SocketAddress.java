package dev.sockreel.address;

/**
 * The address of one end of a socket, one record for each kind (java.net's class of this name has none of a unix name,
 * a port id or a protocol). {@code equals} compares values; {@code toString} returns the notation of {@code ss -n}, as
 * {@link AddressText} writes it.
 */
public sealed interface SocketAddress
        permits InetEndpoint, NetlinkAddress, NetlinkDestination, NoPeer, PacketAddress, TipcAddress, UnixAddress,
        VsockAddress, XdpAddress {
    /** Returns whether this is the wildcard that a listener binds to in order to accept at any address of the host. */
    default boolean isAny() {
        return false;
    }

    /** Returns whether only sockets of the same network namespace can reach this address. */
    default boolean isLoopback() {
        return false;
    }

    /** Returns whether this is an inet or vsock address with a port, so that a peer can be found by it. */
    default boolean hasPort() {
        return false;
    }

    /**
     * Returns whether a socket bound to this address gets what is sent to another one: to the same address, or, if this
     * {@link #isAny}, to the same port of any address.
     *
     * @param destination address of the near end of a connection, or of where a datagram goes
     */
    default boolean accepts(SocketAddress destination) {
        return equals(destination);
    }

    /** Returns the IPv4 address that an IPv4-mapped one stands for, and any other as it is. */
    default SocketAddress unmapped() {
        return this;
    }
}
