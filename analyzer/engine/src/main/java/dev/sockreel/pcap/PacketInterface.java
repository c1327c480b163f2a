package dev.sockreel.pcap;

import java.nio.ByteOrder;
import java.util.List;

/**
 * Where packets were seen.
 *
 * @param number          from 0 in the file, sections counted through
 * @param section         from 0 in the file
 * @param order           of its section's own numbers: that of the host that wrote it
 * @param name            nlmon0; empty when not told
 * @param linkType        LINKTYPE_*
 * @param sectionComments of the section that describes it
 * @param comments        of its own
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
