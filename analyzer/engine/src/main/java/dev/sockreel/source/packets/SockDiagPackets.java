package dev.sockreel.source.packets;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.pcap.Packet;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Builds dumps from packets of sock_diag, which come in the order of their file. */
interface SockDiagPackets {
    /**
     * Takes the next packet.
     *
     * @param netns    the namespace that the packet was seen in
     * @param messages of the packet, from index 0
     */
    void take(int netns, Packet packet, ByteBuf messages) throws IOException;

    /**
     * Ends everything that is still open, since the file has ended.
     *
     * @param last time of the last packet
     * @return when the last snapshot ended, as far as is known
     */
    ReceiveTime finish(ReceiveTime last) throws IOException;

    /** Returns a sentence for each thing that was left out. */
    List<String> remarks();

    /** Returns a sentence, which begins with its place, for each kind of packet that could not be read. */
    default Stream<String> damages() {
        return Stream.empty();
    }
}
