package dev.sockreel.pcap;

import dev.sockreel.capture.record.ReceiveTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes a pcapng of netlink packets; see {@link PcapngFile} for the layout of the blocks. */
public final class PcapngWriter {
    /** Limit for one comment, bytes: an option's length has 16 bits. */
    public static final int MAX_COMMENT_BYTES = 65_532;

    private static final int SHB_USERAPPL = 4;
    private static final int IF_NAME = 2;
    private static final int IF_DESCRIPTION = 3;
    private static final int IF_TSRESOL = 9;
    private static final byte NANOSECONDS = 9;

    private final OutputStream out;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int interfaces;

    public PcapngWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Begins a section.
     *
     * @param order byte order of the section and of the netlink messages in it, as the host itself would write them
     */
    public void section(ByteOrder order, String application, List<String> comments) throws IOException {
        this.order = order;
        interfaces = 0;
        Body body = new Body(order);
        body.u32(PcapngBlock.BYTE_ORDER_MAGIC).u16(1).u16(0).u32(-1).u32(-1); // the section's length is not stated
        body.option(SHB_USERAPPL, application.getBytes(StandardCharsets.UTF_8)).comments(comments).endOptions();
        block(PcapngBlock.SECTION_HEADER, body);
    }

    /**
     * Describes an interface.
     *
     * @return its number in the section
     */
    public int networkInterface(String name, String description, List<String> comments) throws IOException {
        Body body = new Body(order).u16(PacketInterface.LINKTYPE_NETLINK).u16(0).u32(0);
        body.option(IF_NAME, name.getBytes(StandardCharsets.UTF_8))
                .option(IF_DESCRIPTION, description.getBytes(StandardCharsets.UTF_8))
                .option(IF_TSRESOL, new byte[] {NANOSECONDS})
                .comments(comments).endOptions();
        block(PcapngBlock.INTERFACE_DESCRIPTION, body);
        return interfaces++;
    }

    /**
     * Writes a packet.
     *
     * @param time unknown is written as 0
     * @param sent bytes; more than {@code packet} has when the rest is lost
     */
    public void packet(int on, ReceiveTime time, byte[] packet, long sent, List<String> comments) throws IOException {
        long ticks = time.isKnown() ? time.realtimeNs() : 0;
        Body body =
                new Body(order).u32(on).u32((int) (ticks >>> 32)).u32((int) ticks).u32(packet.length).u32((int) sent);
        body.bytes(packet).comments(comments).endOptions();
        block(PcapngBlock.ENHANCED_PACKET, body);
    }

    private void block(int type, Body body) throws IOException {
        byte[] bytes = body.toBytes();
        int length = bytes.length + 12;
        out.write(new Body(order).u32(type).u32(length).toBytes());
        out.write(bytes);
        out.write(new Body(order).u32(length).toBytes());
    }

    /** A block's body under construction; every part of it is padded to 4. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ByteOrder order;
        private boolean hasOptions;

        Body(ByteOrder order) {
            this.order = order;
        }

        Body u16(int value) {
            bytes.writeBytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
            return this;
        }

        Body u32(int value) {
            bytes.writeBytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
            return this;
        }

        Body bytes(byte[] value) {
            bytes.writeBytes(value);
            bytes.writeBytes(new byte[PcapngBlock.pad(value.length) - value.length]);
            return this;
        }

        Body option(int code, byte[] value) {
            if (value.length > 0) {
                byte[] fits = value.length > MAX_COMMENT_BYTES ? Arrays.copyOf(value, MAX_COMMENT_BYTES) : value;
                u16(code).u16(fits.length).bytes(fits);
                hasOptions = true;
            }
            return this;
        }

        Body comments(List<String> comments) {
            comments.forEach(c -> option(PcapngBlock.OPT_COMMENT, c.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        void endOptions() {
            if (hasOptions) {
                u16(PcapngBlock.OPT_ENDOFOPT).u16(0);
            }
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }
    }
}
