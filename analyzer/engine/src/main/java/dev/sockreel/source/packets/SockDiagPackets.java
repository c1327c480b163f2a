package dev.sockreel.source.packets;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.pcap.Packet;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;

/** Makes dumps of packets of sock_diag, which come in the order of their file. */
interface SockDiagPackets {
    /**
     * @param netns    that it was seen in
     * @param messages of the packet, from index 0
     */
    void take(int netns, Packet packet, ByteBuf messages) throws IOException;

    /**
     * The file has ended: so has everything that runs.
     *
     * @param last time of a packet
     * @return when the last snapshot ended, as far as is known
     */
    ReceiveTime finish(ReceiveTime last) throws IOException;

    /** A sentence for each thing that was left out. */
    List<String> remarks();
}
