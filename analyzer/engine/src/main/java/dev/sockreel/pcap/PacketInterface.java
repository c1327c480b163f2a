package dev.sockreel.pcap;

import java.nio.ByteOrder;
import java.util.List;

/**
 * The interface on which packets were seen.
 *
 * @param number          from 0 in the file, counted across sections
 * @param section         from 0 in the file
 * @param order           byte order of its section: that of the host that wrote it
 * @param name            nlmon0; empty when not stated
 * @param linkType        LINKTYPE_*
 * @param sectionComments comments of its section
 * @param comments        its own comments
 */
public record PacketInterface(
        int number, int section, ByteOrder order, String name, int linkType, List<String> sectionComments,
        List<String> comments) {
    /** LINKTYPE_NETLINK: a cooked header and one netlink datagram. */
    public static final int LINKTYPE_NETLINK = 253;

    public PacketInterface {
        sectionComments = List.copyOf(sectionComments);
        comments = List.copyOf(comments);
    }
}
