package dev.sockreel.address;

/**
 * The destination of a connected netlink socket.
 *
 * @param group  the multicast group, 0 for none
 * @param portId nl_pid as a signed number
 */
public record NetlinkDestination(int group, int portId) implements SocketAddress {
    @Override
    public String toString() {
        return AddressText.of(this);
    }
}
