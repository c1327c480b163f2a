/** Packet files: pcap and pcapng, as far as LINKTYPE_NETLINK needs them. */
@NullMarked
package dev.sockreel.pcap;

import org.jspecify.annotations.NullMarked;
