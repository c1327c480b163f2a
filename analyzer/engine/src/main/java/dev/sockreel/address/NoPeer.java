package dev.sockreel.address;

/** The peer of a socket of packet, XDP or netlink that is connected to nothing: {@code *}. */
public enum NoPeer implements SocketAddress {
    INSTANCE;

    @Override
    public String toString() {
        return AddressText.of(this);
    }
}
