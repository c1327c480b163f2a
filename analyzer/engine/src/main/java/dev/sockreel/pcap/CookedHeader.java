package dev.sockreel.pcap;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * The header before a packet's netlink messages (libpcap's LINKTYPE_NETLINK; Linux fills it in
 * net/netlink/af_netlink.c, __netlink_deliver_tap_skb), in network order:
 *
 * <pre>
 *  0          2            4              14                    16
 *  +----------+------------+--------------+---------------------+- - -
 *  | pkt_type | ARPHRD 824 | 0            | protocol: NETLINK_* | one skb of netlink messages
 *  +----------+------------+--------------+---------------------+- - -
 * </pre>
 */
public final class CookedHeader {
    public static final int BYTES = 16;

    /** uapi/linux/netlink.h. */
    public static final int NETLINK_ROUTE = 0;
    public static final int NETLINK_SOCK_DIAG = 4;

    /** uapi/linux/if_packet.h PACKET_OUTGOING: nlmon marks all packets so, whoever sent them. */
    private static final short PACKET_OUTGOING = 4;
    /** uapi/linux/if_arp.h. */
    private static final short ARPHRD_NETLINK = 824;
    private static final int ARPHRD_AT = 2;
    private static final int PROTOCOL_AT = 14;
    /** include/linux/netlink.h, MAX_LINKS: no protocol has this number or one above. */
    private static final int MAX_LINKS = 32;

    /** Returns whether the packet is one of netlink as its header states: not when it is shorter than that. */
    public static boolean isNetlink(ByteBuf packet) {
        return packet.readableBytes() >= BYTES && packet.getShort(ARPHRD_AT) == ARPHRD_NETLINK
                && protocol(packet) < MAX_LINKS;
    }

    /**
     * Returns the packet's NETLINK_* protocol.
     *
     * @param packet with at least {@link #BYTES}
     */
    public static int protocol(ByteBuf packet) {
        return packet.getUnsignedShort(PROTOCOL_AT);
    }

    /** Returns a packet of sock_diag with these messages. */
    public static byte[] of(byte[] messages) {
        return ByteBuffer.allocate(BYTES + messages.length)
                .putShort(0, PACKET_OUTGOING)
                .putShort(2, ARPHRD_NETLINK)
                .putShort(PROTOCOL_AT, (short) NETLINK_SOCK_DIAG)
                .put(BYTES, messages)
                .array();
    }

    private CookedHeader() {}
}
