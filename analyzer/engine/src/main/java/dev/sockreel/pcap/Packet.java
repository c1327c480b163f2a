package dev.sockreel.pcap;

import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * One packet of a file.
 *
 * @param number     from 1 in its file, as Wireshark counts
 * @param byteAt     offset of its record in the file (after decompression)
 * @param on         the interface it was seen on
 * @param time       {@link ReceiveTime#NONE} when the file does not state it
 * @param trueLength bytes that were sent; more than {@code data} has when the capture cut the packet
 * @param dropped    packets lost since the packet before, as far as the file states it
 * @param comments   in the order of the file
 * @param data       the captured bytes, from index 0; valid until the next packet is read
 */
public record Packet(
        long number, long byteAt, PacketInterface on, ReceiveTime time, long trueLength, long dropped,
        List<String> comments, ByteBuf data) {
    public Packet {
        comments = List.copyOf(comments);
    }
}
