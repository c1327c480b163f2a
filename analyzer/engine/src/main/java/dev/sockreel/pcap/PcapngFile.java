package dev.sockreel.pcap;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.pcap.PcapngBlock.Option;
import dev.sockreel.wording.Counted;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads pcapng: a sequence of sections, each in the byte order of its header, each a sequence of blocks.
 *
 * <pre>
 *  0      4        8                            length-4     length
 *  +------+--------+--------------------------+------------+
 *  | type | length | body, options at its end | length     |   every block, padded to 4
 *  +------+--------+--------------------------+------------+
 *  Section Header        | 1a2b3c4d | major, minor u16 | section's length u64 | options
 *  Interface Description | linktype u16 | 0 u16 | snaplen | options
 *  Enhanced Packet       | interface | time high | time low | stored | sent | bytes, padded | options
 *  Packet (obsolete)     | interface u16 | drops u16 | time high | time low | stored | sent | bytes, padded | options
 *  Simple Packet         | sent | bytes: of interface 0, no more than its snaplen; without a time
 *  Interface Statistics  | interface | time high | time low | options
 * </pre>
 *
 * Blocks of other types are passed over by their length.
 */
final class PcapngFile extends PacketFile {
    /** Limit for a block that is examined, bytes. */
    private static final int MAX_BLOCK_BYTES = MAX_PACKET_BYTES + (1 << 20);
    private static final int MAX_INTERFACES = 4096;
    private static final int MAX_REMARKS = 100;
    private static final int FRAME_BYTES = 12;
    private static final int SECTION_BODY_BYTES = 16;
    private static final int ENHANCED_HEADER_BYTES = 20;

    private static final int IF_NAME = 2;
    private static final int IF_TSRESOL = 9;
    private static final int IF_TSOFFSET = 14;
    private static final int EPB_DROPCOUNT = 4;
    private static final int ISB_IFDROP = 5;
    private static final int ISB_OSDROP = 7;

    private record Described(PacketInterface on, long snaplen, int resolution, long offsetSeconds) {}

    private final byte[] frame = new byte[8];
    private final List<Described> interfaces = new ArrayList<>();
    private final TreeMap<Integer, Long> otherLinkTypes = new TreeMap<>();
    private final List<String> remarks = new ArrayList<>();
    private byte[] body = new byte[64 * 1024];
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private List<String> sectionComments = List.of();
    private boolean firstBlock = true;
    private int section = -1;
    private int interfacesBefore;
    private long blockAt;
    private long packets;
    private long dropped;

    static boolean recognizes(byte[] head) {
        return head.length >= MAGIC_BYTES && ByteBuffer.wrap(head).getInt() == PcapngBlock.SECTION_HEADER;
    }

    /**
     * Reads the first section header.
     *
     * @param magic the first block's type, already read
     */
    PcapngFile(PacketInput in, byte[] magic) throws IOException {
        super(in);
        System.arraycopy(magic, 0, frame, 0, magic.length);
        PcapngBlock header = block();
        if (header == null || section < 0) {
            throw new PacketFileException("does not begin with a whole section header of a pcapng"
                    + (damage().isEmpty() ? "" : ": " + damage()));
        }
    }

    @Override
    public @Nullable Packet next() throws IOException {
        PcapngBlock block;
        while ((block = block()) != null) {
            Packet packet = switch (block.type()) {
                case PcapngBlock.INTERFACE_DESCRIPTION -> describe(block);
                case PcapngBlock.ENHANCED_PACKET -> enhanced(block);
                case PcapngBlock.PACKET -> obsolete(block);
                case PcapngBlock.SIMPLE_PACKET -> simple(block);
                case PcapngBlock.INTERFACE_STATISTICS -> statistics(block);
                default -> null;
            };
            if (packet != null && packet.on().linkType() == PacketInterface.LINKTYPE_NETLINK) {
                return packet;
            }
            if (packet != null) {
                otherLinkTypes.merge(packet.on().linkType(), 1L, Long::sum);
            }
            if (!damage().isEmpty()) {
                return null;
            }
        }
        return null;
    }

    /** Returns the next block to examine; null at the end, and where the file is damaged. */
    private @Nullable PcapngBlock block() throws IOException {
        while (true) {
            int had = firstBlock ? MAGIC_BYTES : 0;
            blockAt = in.offset() - had;
            int got = had + in.read(frame, had, frame.length - had);
            firstBlock = false;
            if (got == 0) {
                return null;
            }
            if (got < frame.length) {
                return damaged("the file ends after " + got + " of the 8 bytes that begin a block");
            }
            int type = ByteBuffer.wrap(frame).order(order).getInt();
            if (type == PcapngBlock.SECTION_HEADER) {
                PcapngBlock header = sectionHeader();
                if (header == null || section >= 0) {
                    return header;
                }
                continue;
            }
            long length = Integer.toUnsignedLong(ByteBuffer.wrap(frame).order(order).getInt(4));
            if (length < FRAME_BYTES || length % 4 != 0) {
                return damaged("a block states a length of " + length);
            }
            if (!isExamined(type)) {
                if (!skipBlock(length)) {
                    return null;
                }
                continue;
            }
            if (length > MAX_BLOCK_BYTES) {
                return damaged("a block of type " + type + " states a length of " + length + " bytes");
            }
            return body(type, (int) length, 0);
        }
    }

    private static boolean isExamined(int type) {
        return switch (type) {
            case PcapngBlock.INTERFACE_DESCRIPTION, PcapngBlock.ENHANCED_PACKET, PcapngBlock.PACKET,
                    PcapngBlock.SIMPLE_PACKET, PcapngBlock.INTERFACE_STATISTICS ->
                true;
            default -> false;
        };
    }

    /** Reads a section header. Its byte order follows from its own magic, so its length can be read only after that. */
    private @Nullable PcapngBlock sectionHeader() throws IOException {
        int got = in.read(body, 0, 4);
        if (got < 4) {
            return damaged("the file ends within a section header");
        }
        ByteBuffer magic = ByteBuffer.wrap(body, 0, 4);
        if (magic.order(ByteOrder.LITTLE_ENDIAN).getInt(0) == PcapngBlock.BYTE_ORDER_MAGIC) {
            order = ByteOrder.LITTLE_ENDIAN;
        } else if (magic.order(ByteOrder.BIG_ENDIAN).getInt(0) == PcapngBlock.BYTE_ORDER_MAGIC) {
            order = ByteOrder.BIG_ENDIAN;
        } else {
            return damaged("a section header has no byte-order magic");
        }
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(frame).order(order).getInt(4));
        if (length < FRAME_BYTES + SECTION_BODY_BYTES || length % 4 != 0 || length > MAX_BLOCK_BYTES) {
            return damaged("a section header states a length of " + length);
        }
        PcapngBlock block = body(PcapngBlock.SECTION_HEADER, (int) length, 4);
        if (block == null) {
            return null;
        }
        if (block.u16(4) != 1) {
            return damaged("a section has pcapng version " + block.u16(4) + "; only version 1 is supported");
        }
        section++;
        interfacesBefore += interfaces.size();
        interfaces.clear();
        sectionComments = PcapngBlock.comments(block.options(SECTION_BODY_BYTES));
        remarkBrokenOptions(block, SECTION_BODY_BYTES);
        return block;
    }

    /**
     * Reads the rest of a block.
     *
     * @param had bytes of the body that were already read
     */
    private @Nullable PcapngBlock body(int type, int length, int had) throws IOException {
        int rest = length - frame.length - had;
        if (body.length < length) {
            byte[] larger = new byte[length];
            System.arraycopy(body, 0, larger, 0, had);
            body = larger;
        }
        int got = in.read(body, had, rest);
        if (got < rest) {
            return damaged("the file ends after " + (frame.length + had + got) + " of a block's " + length + " bytes");
        }
        PcapngBlock block = new PcapngBlock(type, body, length - FRAME_BYTES, order);
        long again = Integer.toUnsignedLong(ByteBuffer.wrap(body).order(order).getInt(length - FRAME_BYTES));
        return again == length ? block : damaged("a block states a length of " + length + ", but ends with " + again);
    }

    private boolean skipBlock(long length) throws IOException {
        long inside = length - FRAME_BYTES;
        long skipped = in.skip(inside);
        byte[] end = new byte[4];
        if (skipped < inside || in.read(end, 0, 4) < 4) {
            damaged("the file ends within a block of " + length + " bytes");
            return false;
        }
        long again = Integer.toUnsignedLong(ByteBuffer.wrap(end).order(order).getInt());
        if (again != length) {
            damaged("a block states a length of " + length + ", but ends with " + again);
        }
        return again == length;
    }

    private @Nullable PcapngBlock damaged(String why) {
        stopBefore("byte " + blockAt + ", after packet " + packets + ": " + why, blockAt);
        return null;
    }

    private @Nullable Packet describe(PcapngBlock block) {
        if (!block.has(8)) {
            damaged("an interface description of " + block.length() + " bytes is too short");
        } else if (interfaces.size() == MAX_INTERFACES) {
            damaged("a section has more than " + MAX_INTERFACES + " interfaces");
        } else {
            List<Option> options = block.options(8);
            remarkBrokenOptions(block, 8);
            interfaces.add(new Described(
                    new PacketInterface(interfacesBefore + interfaces.size(), section, order,
                            PcapngBlock.text(options, IF_NAME),
                            block.u16(0), sectionComments, PcapngBlock.comments(options)),
                    block.u32(4),
                    options.stream().filter(o -> o.code() == IF_TSRESOL && o.value().remaining() == 1)
                            .mapToInt(o -> o.value().get(0) & 0xff).findFirst().orElse(PacketTime.MICROSECONDS),
                    options.stream().filter(o -> o.code() == IF_TSOFFSET)
                            .mapToLong(Option::u64OrZero).findFirst().orElse(0)));
        }
        return null;
    }

    private @Nullable Packet enhanced(PcapngBlock block) {
        return block.has(ENHANCED_HEADER_BYTES) ? packet(block, block.u32(0), 0) : tooShort(block);
    }

    /** Reads the obsolete packet block, which differs in its first four bytes only. */
    private @Nullable Packet obsolete(PcapngBlock block) {
        if (!block.has(ENHANCED_HEADER_BYTES)) {
            return tooShort(block);
        }
        int drops = block.u16(2);
        return packet(block, block.u16(0), drops == 0xffff ? 0 : drops);
    }

    private @Nullable Packet tooShort(PcapngBlock block) {
        damaged("a packet block of " + block.length() + " bytes is too short");
        return null;
    }

    private @Nullable Packet packet(PcapngBlock block, long interfaceId, long drops) {
        long stored = block.u32(12);
        if (stored > block.length() - ENHANCED_HEADER_BYTES || stored > MAX_PACKET_BYTES) {
            damaged("a packet states " + stored + " bytes in a block that has room for "
                    + (block.length() - ENHANCED_HEADER_BYTES));
            return null;
        }
        Described on = on(interfaceId);
        if (on == null) {
            return null;
        }
        packets++;
        int optionsAt = ENHANCED_HEADER_BYTES + PcapngBlock.pad((int) stored);
        List<Option> options = block.options(optionsAt);
        remarkBrokenOptions(block, optionsAt);
        long lost = options.stream().filter(o -> o.code() == EPB_DROPCOUNT).mapToLong(Option::u64OrZero).findFirst()
                .orElse(drops);
        long ticks = block.u32(4) << 32 | block.u32(8);
        return new Packet(packets, blockAt, on.on, PacketTime.of(ticks, on.resolution, on.offsetSeconds),
                Math.max(stored, block.u32(16)), Math.max(0, lost), PcapngBlock.comments(options),
                Unpooled.wrappedBuffer(body, ENHANCED_HEADER_BYTES, (int) stored));
    }

    private @Nullable Packet simple(PcapngBlock block) {
        Described on = block.has(4) ? on(0) : null;
        if (on == null) {
            return block.has(4) ? null : tooShort(block);
        }
        long sent = block.u32(0);
        long kept = on.snaplen == 0 ? sent : Math.min(sent, on.snaplen);
        if (kept > block.length() - 4 || kept > MAX_PACKET_BYTES) {
            damaged("a packet states " + kept + " bytes in a block that has room for " + (block.length() - 4));
            return null;
        }
        packets++;
        return new Packet(packets, blockAt, on.on, ReceiveTime.NONE, sent, 0, List.of(),
                Unpooled.wrappedBuffer(body, 4, (int) kept));
    }

    private @Nullable Described on(long interfaceId) {
        if (interfaceId < interfaces.size()) {
            return interfaces.get((int) interfaceId);
        }
        damaged("a packet names interface " + interfaceId + ", but only " + interfaces.size() + " are described");
        return null;
    }

    private @Nullable Packet statistics(PcapngBlock block) {
        if (!block.has(12)) {
            return tooShort(block);
        }
        long highest = 0;
        for (Option o : block.options(12)) {
            if (o.code() == ISB_IFDROP || o.code() == ISB_OSDROP) {
                highest = Math.max(highest, o.u64OrZero());
            }
        }
        dropped += highest;
        remarkBrokenOptions(block, 12);
        return null;
    }

    private void remarkBrokenOptions(PcapngBlock block, int optionsAt) {
        if (remarks.size() < MAX_REMARKS && !block.optionsFit(optionsAt)) {
            remarks.add("byte " + blockAt + ": the options of a block do not fit into it; the rest of them is left"
                    + " out");
        }
    }

    @Override
    public List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        otherLinkTypes.entrySet().stream().limit(MAX_REMARKS).forEach(e -> all
                .add(Counted.of(e.getValue(), "packet") + " of link type " + e.getKey() + ", which is not netlink, "
                        + (e.getValue() == 1 ? "was" : "were") + " skipped"));
        if (otherLinkTypes.size() > MAX_REMARKS) {
            all.add("so were packets of " + (otherLinkTypes.size() - MAX_REMARKS) + " more link types");
        }
        return all;
    }

    @Override
    public long droppedSomewhere() {
        return dropped;
    }
}
