package dev.sockreel.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The body of one block, in its section's byte order. All lengths stated in it are checked against its end. */
final class PcapngBlock {
    static final int SECTION_HEADER = 0x0a0d0d0a;
    static final int INTERFACE_DESCRIPTION = 1;
    /** Obsolete; old dumpcap wrote it. */
    static final int PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int INTERFACE_STATISTICS = 5;
    static final int ENHANCED_PACKET = 6;

    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    static final int OPT_ENDOFOPT = 0;
    static final int OPT_COMMENT = 1;

    /** A code and its value, without padding. */
    record Option(int code, ByteBuffer value) {
        long u64OrZero() {
            return value.remaining() == Long.BYTES ? value.getLong(value.position()) : 0;
        }

        String text() {
            return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
        }
    }

    private final int type;
    private final ByteBuffer body;

    /**
     * Creates a block.
     *
     * @param length length of the body in {@code bytes}
     */
    PcapngBlock(int type, byte[] bytes, int length, ByteOrder order) {
        this.type = type;
        this.body = ByteBuffer.wrap(bytes, 0, length).slice().order(order);
    }

    int type() {
        return type;
    }

    boolean has(int bytes) {
        return body.limit() >= bytes;
    }

    int length() {
        return body.limit();
    }

    int u16(int at) {
        return body.getShort(at) & 0xffff;
    }

    long u32(int at) {
        return Integer.toUnsignedLong(body.getInt(at));
    }

    /** Returns the options from {@code at} on, up to the first one that does not fit; see {@link #optionsFit}. */
    List<Option> options(int at) {
        List<Option> found = new ArrayList<>();
        int from = at;
        while (from <= body.limit() - 4) {
            int code = u16(from);
            int length = u16(from + 2);
            if (code == OPT_ENDOFOPT || length > body.limit() - from - 4) {
                break;
            }
            found.add(new Option(code, body.slice(from + 4, length).order(body.order())));
            from += 4 + pad(length);
        }
        return found;
    }

    /** Returns whether the options from {@code at} on end properly: with their end mark, or with the block. */
    boolean optionsFit(int at) {
        int from = at;
        while (from <= body.limit() - 4) {
            int length = u16(from + 2);
            if (u16(from) == OPT_ENDOFOPT) {
                return true;
            }
            if (length > body.limit() - from - 4) {
                return false;
            }
            from += 4 + pad(length);
        }
        return from == body.limit();
    }

    static List<String> comments(List<Option> options) {
        return options.stream().filter(o -> o.code() == OPT_COMMENT).map(Option::text)
                .collect(Collectors.toUnmodifiableList()); // which List.copyOf does not copy
    }

    /** Returns the first value of an option; empty when it is absent. */
    static String text(List<Option> options, int code) {
        return options.stream().filter(o -> o.code() == code).map(Option::text).findFirst().orElse("");
    }

    /** Rounds up to the next multiple of 4. */
    static int pad(int length) {
        return length + 3 & ~3;
    }
}
