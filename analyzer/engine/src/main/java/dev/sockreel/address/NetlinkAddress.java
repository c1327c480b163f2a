package dev.sockreel.address;

/**
 * The own end of a netlink socket.
 *
 * @param protocol NETLINK_ROUTE, … (uapi/linux/netlink.h)
 * @param portId   nl_pid as a signed number, as ss prints it: 0 is the kernel, {@link #ANY_PORT} none
 */
public record NetlinkAddress(int protocol, int portId) implements SocketAddress {
    public static final int ANY_PORT = -1;

    /** Returns whether this is the kernel's own end, which no process can hold. */
    public boolean isKernel() {
        return portId == 0;
    }

    @Override
    public String toString() {
        return AddressText.of(this);
    }
}
