package dev.sockreel.source.packets;

import dev.sockreel.pcap.PacketInterface;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Network namespaces of a file of packets: nlmon shows what its own namespace does, so each device is one. In a later
 * section a device with a known name is the same one, seen again.
 */
final class PacketNamespaces {
    private final Map<Integer, Integer> byInterface = new HashMap<>();
    private final List<PacketInterface> first = new ArrayList<>();

    /** The number that records name it by. */
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

    /** Of the device that showed it; empty when the file does not tell. */
    String name(int netns) {
        return first.get(netns).name();
    }
}
