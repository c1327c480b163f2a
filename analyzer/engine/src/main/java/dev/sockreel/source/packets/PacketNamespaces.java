package dev.sockreel.source.packets;

import dev.sockreel.pcap.PacketInterface;
import dev.sockreel.source.sink.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Network namespaces of a packet file. nlmon shows the netlink traffic of its own namespace, so each device is one
 * namespace. In a later section, a device with a known name is the same one again.
 */
final class PacketNamespaces {
    /** Limit for namespaces, also of an export. */
    static final int MAX_NAMESPACES = 65_536;

    /** The namespace that a device's name stands for, and the section that had it first. */
    private record Named(int netns, int section) {}

    /** Namespaces of the section's interfaces. */
    private final Map<Integer, Integer> byInterface = new HashMap<>();
    private final Map<String, Named> byName = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private int section = -1;

    /** Returns the number under which records refer to the namespace. */
    int of(PacketInterface on) throws SourceException {
        if (on.section() != section) {
            section = on.section();
            byInterface.clear();
        }
        Integer known = byInterface.get(on.number());
        if (known == null) {
            known = find(on);
            byInterface.put(on.number(), known);
        }
        return known;
    }

    private int find(PacketInterface on) throws SourceException {
        Named known = byName.get(on.name());
        if (known != null && known.section() != on.section()) {
            return known.netns();
        }
        if (names.size() == MAX_NAMESPACES) {
            throw new SourceException(
                    "packets of more than %,d devices: divide the file and import its parts".formatted(
                            MAX_NAMESPACES));
        }
        int netns = names.size();
        names.add(on.name());
        if (known == null && !on.name().isEmpty()) {
            byName.put(on.name(), new Named(netns, on.section()));
        }
        return netns;
    }

    /** Returns the name of the device that showed it; empty when the file does not state it. */
    String name(int netns) {
        return names.get(netns);
    }
}
