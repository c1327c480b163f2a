package dev.sockreel.capture;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index, a skippable frame at the end of a closed file; a scan of the group headers gives the same list. A
 * checksum does not make it true: who reads all compares it with the headers ({@link IndexCheck}), who reads a part
 * takes it for a hint ({@link GroupList}).
 *
 * <pre>
 *  0        4        8            16     18     20       24
 *  +--------+--------+------------+------+------+--------+----- - - -+---------+--------+--------+
 *  | magic  | size   | "SOCKRIDX" | vers | 0    | groups | entries   | file id | CRC of | offset |
 *  |        |        |            |      |      |        | 28 each   | 8       | before | of this|
 *  +--------+--------+------------+------+------+--------+----- - - -+---------+--------+--------+
 *
 *  an entry:  offset 8 | group number 4 | first snapshot 4 | realtime ns 8 | flags 4
 * </pre>
 */
final class FileIndex {
    static final int MAGIC = 0x184D2A5B;
    /** "SOCKRIDX", read as a little-endian u64. */
    static final long NAME = 0x584449524B434F53L;

    /**
     * The number of groups an index may list, so that neither writer nor reader needs more than a few MiB for it;
     * groups after the last one listed are found by their headers.
     */
    static final int MAX_GROUPS = 1 << 18;

    private static final int HEAD_BYTES = 24;
    private static final int ENTRY_BYTES = 28;
    /** The size of file id, CRC and the offset of the index. */
    private static final int TAIL_BYTES = 8 + 4 + 8;

    static int bytes(int groups) {
        return HEAD_BYTES + groups * ENTRY_BYTES + TAIL_BYTES;
    }

    static void encode(List<GroupEntry> groups, long fileId, long offset, ByteBuf out) {
        int begin = out.writerIndex();
        out.writeIntLE(MAGIC);
        out.writeIntLE(bytes(groups.size()) - 8);
        out.writeLongLE(NAME);
        out.writeShortLE(GroupHeader.VERSION);
        out.writeShortLE(0);
        out.writeIntLE(groups.size());
        for (GroupEntry g : groups) {
            out.writeLongLE(g.offset());
            out.writeIntLE(g.number());
            out.writeIntLE(g.firstSnapshot());
            out.writeLongLE(g.realtimeNs());
            out.writeIntLE(g.flags());
        }
        out.writeLongLE(fileId);
        out.writeIntLE(GroupHeader.crc32c(out, begin, out.writerIndex() - begin));
        out.writeLongLE(offset);
    }

    /**
     * Decodes an index.
     *
     * @param in     the whole frame, from index 0
     * @param offset where the frame stands, bytes from the capture's begin
     * @return null when a checksum, a length or the order of entries is wrong, or when it is the index of another file
     *         or offset
     */
    static @Nullable List<GroupEntry> decode(ByteBuf in, long fileId, long offset) {
        int bytes = in.readableBytes();
        if (bytes < bytes(0) || in.getIntLE(0) != MAGIC || in.getIntLE(4) != bytes - 8 || in.getLongLE(8) != NAME) {
            return null;
        }
        int count = in.getIntLE(20);
        if (count < 0 || count > MAX_GROUPS || (long) HEAD_BYTES + (long) count * ENTRY_BYTES + TAIL_BYTES != bytes) {
            return null;
        }
        int crcAt = bytes - 12;
        if (in.getIntLE(crcAt) != GroupHeader.crc32c(in, 0, crcAt)
                || in.getLongLE(crcAt - 8) != fileId
                || in.getLongLE(crcAt + 4) != offset) {
            return null;
        }
        List<GroupEntry> groups = new ArrayList<>(count);
        long before = -1;
        for (int i = 0; i < count; i++) {
            int at = HEAD_BYTES + i * ENTRY_BYTES;
            groups.add(new GroupEntry(
                    in.getLongLE(at),
                    fileId,
                    in.getIntLE(at + 8),
                    in.getIntLE(at + 12),
                    in.getLongLE(at + 16),
                    in.getIntLE(at + 24) & GroupHeader.LISTED_FLAGS));
            long place = in.getLongLE(at);
            if (place <= before || place >= offset) {
                return null;
            }
            before = place;
        }
        return groups;
    }

    private FileIndex() {}
}
