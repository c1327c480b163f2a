package dev.sockreel.address;

/**
 * The queue of a device that an XDP socket is bound to. The device is no part of it: a row has it as a field of its
 * own.
 *
 * @param queue unsigned 32 bits
 */
public record XdpAddress(long queue) implements SocketAddress {
    @Override
    public String toString() {
        return AddressText.of(this);
    }
}
