package dev.sockreel.address;

/**
 * The protocol of a packet socket. The device is no part of it: a row has it as a field of its own.
 *
 * @param protocol the ethertype (uapi/linux/if_ether.h)
 */
public record PacketAddress(int protocol) implements SocketAddress {
    public static final int ETH_P_ALL = 3;

    @Override
    public String toString() {
        return AddressText.of(this);
    }
}
