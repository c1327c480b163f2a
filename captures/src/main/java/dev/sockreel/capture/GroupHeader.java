package dev.sockreel.capture;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The skippable frame before each zstd frame, {@link #BYTES} long, little-endian. "First snapshot" is the snapshot
 * that begins in the group; where none begins, the one it continues; -1 before the first.
 *
 * <pre>
 *  0        4        8                16     18     20       24
 *  +--------+--------+----------------+------+------+--------+
 *  | magic  | size   | "SOCKREEL"     | vers | flags| number |
 *  +--------+--------+--------+-------+------+------+--------+
 *  24       28       32       36       40        44          52       60        64
 *  +--------+--------+--------+--------+---------+-----------+---------+--------+
 *  | first  | compr. | uncom- | CRC of | CRC of  | realtime  | file id | CRC of |
 *  | snap-  | length | pressed| com-   | uncom-  | of first  | low 64  | bytes  |
 *  | shot   |        | length | pressed| pressed | record    | bits    | 0..60  |
 *  +--------+--------+--------+--------+---------+-----------+---------+--------+
 * </pre>
 */
record GroupHeader(
        int flags, int number, int firstSnapshot, int compressedBytes, int uncompressedBytes, int compressedCrc,
        int uncompressedCrc, long realtimeNs, long fileId) {
    static final int BYTES = 64;
    /** One of zstd's sixteen magics of skippable frames. */
    static final int MAGIC = 0x184D2A5A;
    /** "SOCKREEL", read as a little-endian u64. */
    static final long NAME = 0x4C4545524B434F53L;

    static final int VERSION = 1;

    /** The close record is in this group. */
    static final int LAST = 1;
    /** A whole scan of owners begins in this group. */
    static final int OWNERS = 2;
    /** The snapshot that begins in this group is stored as it is, and later ones are predicted from it. */
    static final int KEY = 4;
    /** The snapshot that begins in this group is predicted from the last key. */
    static final int MIDDLE_KEY = 8;

    /** The snapshot that begins in this group is predicted from the one before. */
    static final int STEP = 16;

    /** Facts about processes stand in this group, which hold for the rest of the file. */
    static final int FACTS = 32;
    /** A list of the host's namespaces stands in this group, which holds until the next one. */
    static final int NAMESPACES = 64;

    /** The flags that say which of the records stand here that later snapshots need. */
    static final int LASTING_FLAGS = OWNERS | FACTS | NAMESPACES;
    /** The flags that an index repeats. */
    static final int LISTED_FLAGS = LASTING_FLAGS | KEY | MIDDLE_KEY | STEP;

    /** The size limit of a group's content, bytes. */
    static final int MAX_UNCOMPRESSED = 4 << 20;
    /** The size limit of a group's frame, bytes: ZSTD_compressBound of {@link #MAX_UNCOMPRESSED}. */
    static final int MAX_COMPRESSED = MAX_UNCOMPRESSED + (MAX_UNCOMPRESSED >> 8) + 64;

    /** The content that a frame of any length may have, bytes. */
    private static final int ANY_CONTENT = 64 << 10;
    /**
     * The content that a frame may have beyond that for each of its bytes. Real captures have at most about 40, since
     * cookies, inodes and times differ.
     */
    private static final int MAX_RATIO = 1000;

    /**
     * Returns the size limit of the content of a frame, bytes, so that a small file cannot cost much memory and time.
     */
    static int maxContent(int frameBytes) {
        return (int) Math.min(MAX_UNCOMPRESSED, ANY_CONTENT + (long) frameBytes * MAX_RATIO);
    }

    /** Returns whether it states more content than its frame may hold. */
    boolean isTooDense() {
        return uncompressedBytes > maxContent(compressedBytes);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    void encode(ByteBuf out) {
        int begin = out.writerIndex();
        out.writeIntLE(MAGIC);
        out.writeIntLE(BYTES - 8);
        out.writeLongLE(NAME);
        out.writeShortLE(VERSION);
        out.writeShortLE(flags);
        out.writeIntLE(number);
        out.writeIntLE(firstSnapshot);
        out.writeIntLE(compressedBytes);
        out.writeIntLE(uncompressedBytes);
        out.writeIntLE(compressedCrc);
        out.writeIntLE(uncompressedCrc);
        out.writeLongLE(realtimeNs);
        out.writeLongLE(fileId);
        out.writeIntLE(crc32c(out, begin, BYTES - 4));
    }

    /** Returns whether the 64 bytes from index 0 are a header whose own checksum and limits hold. */
    static boolean isIntact(ByteBuf in) {
        return in.readableBytes() >= BYTES
                && in.getIntLE(0) == MAGIC
                && in.getIntLE(4) == BYTES - 8
                && in.getLongLE(8) == NAME
                && in.getIntLE(60) == crc32c(in, 0, BYTES - 4)
                && in.getIntLE(20) >= 0
                && in.getUnsignedIntLE(28) <= MAX_COMPRESSED
                && in.getUnsignedIntLE(32) <= MAX_UNCOMPRESSED;
    }

    static int version(ByteBuf in) {
        return in.getUnsignedShortLE(16);
    }

    static GroupHeader decode(ByteBuf in) {
        return new GroupHeader(
                in.getUnsignedShortLE(18),
                in.getIntLE(20),
                in.getIntLE(24),
                in.getIntLE(28),
                in.getIntLE(32),
                in.getIntLE(36),
                in.getIntLE(40),
                in.getLongLE(44),
                in.getLongLE(52));
    }

    static int crc32c(ByteBuf buf, int from, int length) {
        return crc32c(buf.nioBuffer(from, length));
    }

    static int crc32c(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
