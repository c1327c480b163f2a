package dev.sockreel.address;

/**
 * A vsock address (uapi/linux/vm_sockets.h), both numbers unsigned 32 bits.
 *
 * @param cid  context id; {@link #ANY} for any
 * @param port {@link #ANY} for none
 */
public record VsockAddress(long cid, long port) implements SocketAddress {
    /** VMADDR_CID_ANY and VMADDR_PORT_ANY. */
    public static final long ANY = 0xffffffffL;
    /** VMADDR_CID_LOCAL: the same host. */
    public static final long CID_LOCAL = 1;

    @Override
    public boolean isAny() {
        return cid == ANY;
    }

    @Override
    public boolean hasPort() {
        return port != ANY;
    }

    @Override
    public boolean accepts(SocketAddress destination) {
        return destination instanceof VsockAddress there && port == there.port && (isAny() || cid == there.cid);
    }

    @Override
    public String toString() {
        return AddressText.of(this);
    }
}
