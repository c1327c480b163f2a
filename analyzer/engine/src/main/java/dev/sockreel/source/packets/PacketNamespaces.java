package dev.sockreel.source.packets;

import dev.sockreel.pcap.PacketInterface;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Network namespaces of a packet file. nlmon shows the netlink traffic of its own namespace, so each device is one
 * namespace. In a later section, a device with a known name is the same one again.
 */
final class PacketNamespaces {
    private final Map<Integer, Integer> byInterface = new HashMap<>();
    private final List<PacketInterface> first = new ArrayList<>();

    /** Returns the number under which records refer to the namespace. */
    int of(PacketInterface on) {
        return byInterface.computeIfAbsent(on.number(), k -> known(on));
    }

    private int known(PacketInterface on) {
        for (int netns = 0; netns < first.size(); netns++) {
            PacketInterface other = first.get(netns);
            if (!on.name().isEmpty() && on.name().equals(other.name()) && on.section() != other.section()) {
                return netns;
            }
        }
        first.add(on);
        return first.size() - 1;
    }

    int count() {
        return first.size();
    }

    /** Returns the name of the device that showed it; empty when the file does not state it. */
    String name(int netns) {
        return first.get(netns).name();
    }
}
