package dev.sockreel.source.packets;

import dev.sockreel.capture.record.NetworkNamespace.Interface;
import dev.sockreel.nlmsg.NlattrWalk;
import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.source.sink.HostOrder;
import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names of network devices from RTM_NEWLINK messages (uapi/linux/rtnetlink.h, if_link.h). */
final class LinkNames {
    private static final int RTM_NEWLINK = 16;
    /** sizeof(struct ifinfomsg): family, pad, type u16, index s32, flags u32, change u32. */
    private static final int IFINFOMSG_BYTES = 16;
    private static final int INDEX_AT = 4;
    private static final int IFLA_IFNAME = 3;
    private static final int IFNAMSIZ = 16;
    /** Limit for the names of all namespaces. */
    private static final int MAX_LINKS = 65_536;

    private final Map<Integer, TreeMap<Integer, String>> names = new HashMap<>();
    private int links;

    /**
     * Reads the names from a packet.
     *
     * @param messages of NETLINK_ROUTE, from index 0
     */
    void read(int netns, ByteBuf messages) {
        ByteOrder order = HostOrder.of(messages, 0);
        if (order == null) {
            return;
        }
        WireReader in = new WireReader(messages, messages.readableBytes(), order);
        NlmsgWalk walk = new NlmsgWalk(in, 0);
        while (walk.next()) {
            if (walk.type() == RTM_NEWLINK && walk.payloadBytes() >= IFINFOMSG_BYTES) {
                link(netns, in, walk);
            }
        }
    }

    private void link(int netns, WireReader in, NlmsgWalk walk) {
        NlattrWalk attributes = new NlattrWalk(in, walk.payload() + IFINFOMSG_BYTES, walk.end());
        while (attributes.next()) {
            int length = attributes.valueBytes();
            if (attributes.type() == IFLA_IFNAME && length > 1 && length <= IFNAMSIZ) {
                String name = new String(in.bytes(attributes.value(), length - 1), StandardCharsets.UTF_8);
                TreeMap<Integer, String> known = names.computeIfAbsent(netns, k -> new TreeMap<>());
                int ifindex = in.s32(walk.payload() + INDEX_AT);
                if (links < MAX_LINKS || known.containsKey(ifindex)) {
                    links += known.put(ifindex, name) == null ? 1 : 0;
                }
            }
        }
    }

    List<Interface> of(int netns) {
        TreeMap<Integer, String> known = names.getOrDefault(netns, new TreeMap<>());
        return known.entrySet().stream().map(e -> new Interface(e.getKey(), e.getValue())).toList();
    }
}
