package dev.sockreel.address;

/**
 * A tipc address, both numbers unsigned 32 bits.
 *
 * @param node      TIPC_NLA_SOCK_ADDR
 * @param reference TIPC_NLA_SOCK_REF
 */
public record TipcAddress(long node, long reference) implements SocketAddress {
    @Override
    public String toString() {
        return AddressText.of(this);
    }
}
