package dev.sockreel.source.packets;

import dev.sockreel.pcap.Packet;
import dev.sockreel.wording.Counted;
import java.util.stream.Stream;

/** Packets that cannot be read, all for one reason. */
final class UnreadPackets {
    private final String why;
    private long packets;
    private long bytes;
    private long firstAt;

    /** @param why goes on after "packets" */
    UnreadPackets(String why) {
        this.why = why;
    }

    void add(Packet packet) {
        firstAt = packets == 0 ? packet.byteAt() : firstAt;
        packets++;
        bytes += packet.data().readableBytes();
    }

    /** Returns the place of the first one, and the number of all and of their bytes; nothing when there are none. */
    Stream<String> damages() {
        return packets == 0 ? Stream.empty()
                : Stream.of("byte %d: %s %s, %s in all".formatted(firstAt,
                        packets == 1 ? "a packet" : "the first of " + packets + " packets", why,
                        Counted.of(bytes, "byte")));
    }
}
