package dev.sockreel.pcap;

import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pcap; all numbers have the byte order that the magic shows:
 *
 * <pre>
 *  0       4       6       8          12        16        20         24
 *  +-------+-------+-------+----------+---------+---------+----------+
 *  | magic | major | minor | thiszone | sigfigs | snaplen | linktype |   once
 *  +-------+-------+-------+----------+---------+---------+----------+
 *  +---------+------------+--------+-----------+- - -
 *  | seconds | µs or ns   | stored | sent      | stored bytes           each packet
 *  +---------+------------+--------+-----------+- - -
 *  0         4            8        12          16
 * </pre>
 *
 * There is no mark of an end: a file that ends between two packets may have lost the rest.
 */
final class PcapFile extends PacketFile {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int HEADER_BYTES = 24;
    private static final int PACKET_HEADER_BYTES = 16;
    private static final int VERSION_MAJOR = 2;
    /** The link type's bits; the upper ones say whether frames end with a checksum. */
    private static final int LINKTYPE_MASK = 0xffff;

    private final ByteOrder order;
    private final long fractionNs;
    private final PacketInterface on;
    private final byte[] header = new byte[PACKET_HEADER_BYTES];
    private byte[] data = new byte[64 * 1024];
    private long packets;

    static boolean recognizes(byte[] head) {
        return order(head) != null;
    }

    private static @Nullable ByteOrder order(byte[] head) {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            int magic = head.length < MAGIC_BYTES ? 0 : ByteBuffer.wrap(head).order(order).getInt();
            if (magic == MICROSECONDS || magic == NANOSECONDS) {
                return order;
            }
        }
        return null;
    }

    /**
     * Reads the header.
     *
     * @param magic the first bytes, already read
     */
    PcapFile(PacketInput in, byte[] magic) throws IOException {
        super(in);
        ByteOrder found = order(magic);
        order = found == null ? ByteOrder.LITTLE_ENDIAN : found;
        fractionNs = ByteBuffer.wrap(magic).order(order).getInt() == NANOSECONDS ? 1 : 1000;
        byte[] rest = new byte[HEADER_BYTES - MAGIC_BYTES];
        if (in.read(rest, 0, rest.length) < rest.length) {
            throw new PacketFileException("ends at byte " + in.offset() + ", within the header of a pcap");
        }
        ByteBuffer fields = ByteBuffer.wrap(rest).order(order);
        int major = fields.getShort(0) & 0xffff;
        if (major != VERSION_MAJOR) {
            throw new PacketFileException("is a pcap of version " + major + "; only version 2 is supported");
        }
        int linkType = fields.getInt(16) & LINKTYPE_MASK;
        if (linkType != PacketInterface.LINKTYPE_NETLINK) {
            throw new PacketFileException("has packets of link type " + linkType + ", not of netlink ("
                    + PacketInterface.LINKTYPE_NETLINK + "): it was not taken from an nlmon device");
        }
        on = new PacketInterface(0, 0, order, "", linkType, List.of(), List.of());
    }

    @Override
    public @Nullable Packet next() throws IOException {
        long at = in.offset();
        int got = in.read(header, 0, header.length);
        if (got == 0) {
            return null;
        }
        String place = "byte " + at + ", packet " + (packets + 1) + ": ";
        if (got < header.length) {
            return stop(place + "the file ends after " + got + " of the " + header.length + " bytes of its header");
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(order);
        long stored = Integer.toUnsignedLong(fields.getInt(8));
        if (stored > MAX_PACKET_BYTES) {
            return stopBefore(
                    place + "its stated length of " + stored + " bytes is more than any netlink packet has", at);
        }
        data = data.length < stored ? new byte[(int) stored] : data;
        got = in.read(data, 0, (int) stored);
        if (got < stored) {
            return stop(place + "the file ends after " + got + " of its " + stored + " bytes");
        }
        packets++;
        long sent = Math.max(stored, Integer.toUnsignedLong(fields.getInt(12)));
        return new Packet(packets, at, on, time(fields), sent, 0, List.of(), Unpooled.wrappedBuffer(data, 0, got));
    }

    private ReceiveTime time(ByteBuffer fields) {
        long seconds = Integer.toUnsignedLong(fields.getInt(0));
        long fraction = Integer.toUnsignedLong(fields.getInt(4));
        return PacketTime.of(seconds * 1_000_000_000L + fraction * fractionNs);
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }
}
