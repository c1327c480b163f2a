package dev.sockreel.pcap;

import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * One packet of a file.
 *
 * @param number     from 1 in its file, as Wireshark counts
 * @param byteAt     where its record begins in the file (in what it unpacks to, when it is compressed)
 * @param on         where it was seen
 * @param time       {@link ReceiveTime#NONE} when the file does not tell
 * @param trueLength bytes that were sent; more than {@code data} has when the capture cut it
 * @param dropped    packets that were lost between the one before and this one, as far as the file tells
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
