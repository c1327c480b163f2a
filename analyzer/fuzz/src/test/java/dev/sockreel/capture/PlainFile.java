package dev.sockreel.capture;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A capture whose groups are not compressed: header, records, header, records, …, index. The fuzzer changes this form;
 * {@link #seal} then turns it into a file with right frame lengths and checksums, so that the changes reach the code
 * after the checksum tests.
 */
public final class PlainFile {
    static final int INDEX_ENTRY_BYTES = FileIndex.bytes(1) - FileIndex.bytes(0);

    private static final int VERSION_AT = 16;
    private static final int VERSION = 1;
    private static final int CLOSE_SNAPSHOTS = 1;
    /** The compressor, reused because creating one costs more than compressing a few kilobytes. */
    private static final ZstdCompressCtx ZSTD = new ZstdCompressCtx().setLevel(-1);

    /** Builds a capture from the records of its groups, with an index. */
    @SafeVarargs
    public static byte[] of(List<? extends CaptureRecord>... groups) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<GroupEntry> entries = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            int flags = i == groups.length - 1 ? GroupHeader.LAST : 0;
            ByteBuf head = Unpooled.buffer();
            new GroupHeader(flags, i, i - 1, 0, 0, 0, 0, 1_800_000_000_000_000_000L + i, 9).encode(head);
            entries.add(new GroupEntry(i, 9, i, i - 1, 0, 0));
            out.writeBytes(ByteBufUtil.getBytes(head));
            groups[i].forEach(r -> out.writeBytes(record(r)));
        }
        ByteBuf index = Unpooled.buffer();
        FileIndex.encode(entries, 9, 0, index);
        out.writeBytes(ByteBufUtil.getBytes(index));
        return out.toByteArray();
    }

    /** Returns a close record. */
    public static CaptureRecord close() {
        return new CaptureClose(CLOSE_SNAPSHOTS, new ReceiveTime(1_800_000_009_000_000_000L, 9));
    }

    private static byte[] record(CaptureRecord record) {
        ByteBuf out = Unpooled.buffer();
        out.writeIntLE(0).writeShortLE(record.type()).writeShortLE(0).writeIntLE(0);
        record.encode(out);
        out.setIntLE(0, out.readableBytes() - CaptureWriter.RECORD_HEADER_BYTES);
        return ByteBufUtil.getBytes(out);
    }

    /** Returns the file: compressed groups, right lengths and checksums, an index that fits if it lists all groups. */
    public static byte[] seal(byte[] plain) {
        ByteBuf out = Unpooled.buffer();
        List<Integer> offsets = new ArrayList<>();
        List<Integer> edges = edges(plain);
        out.writeBytes(plain, 0, edges.getFirst());
        for (int i = 0; i + 1 < edges.size(); i++) {
            byte[] piece = Arrays.copyOfRange(plain, edges.get(i), edges.get(i + 1));
            if (begins(piece, 0, GroupHeader.MAGIC, GroupHeader.NAME) && piece.length >= GroupHeader.BYTES) {
                offsets.add(out.writerIndex());
                group(piece, out);
            } else {
                index(Unpooled.wrappedBuffer(piece), offsets, out);
            }
        }
        return ByteBufUtil.getBytes(out);
    }

    /** Returns a zstd frame. */
    public static byte[] frame(byte[] content) {
        return ZSTD.compress(content);
    }

    /** Splits a sealed file into files of one group each, whose headers get this reader's version. */
    static List<byte[]> groups(byte[] sealed) {
        List<byte[]> groups = new ArrayList<>();
        List<Integer> edges = edges(sealed);
        for (int i = 0; i + 1 < edges.size(); i++) {
            byte[] group = Arrays.copyOfRange(sealed, edges.get(i), edges.get(i + 1));
            if (group.length >= GroupHeader.BYTES) {
                ByteBuf head = Unpooled.wrappedBuffer(group);
                head.setShortLE(VERSION_AT, VERSION);
                head.setIntLE(60, GroupHeader.crc32c(head, 0, 60));
            }
            groups.add(group);
        }
        return groups;
    }

    /** Returns the offsets of the groups, of the index and of the end. */
    private static List<Integer> edges(byte[] plain) {
        List<Integer> edges = new ArrayList<>();
        for (int i = 0; i + 16 <= plain.length; i++) {
            if (begins(plain, i, GroupHeader.MAGIC, GroupHeader.NAME)
                    || begins(plain, i, FileIndex.MAGIC, FileIndex.NAME)) {
                edges.add(i);
            }
        }
        edges.add(plain.length);
        return edges;
    }

    private static boolean begins(byte[] bytes, int at, int magic, long name) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes[at] == (byte) magic && in.getInt(at) == magic && in.getLong(at + 8) == name;
    }

    private static void group(byte[] piece, ByteBuf out) {
        byte[] content = records(Arrays.copyOfRange(piece, GroupHeader.BYTES, piece.length));
        byte[] frame = frame(content);
        ByteBuf head = Unpooled.wrappedBuffer(Arrays.copyOf(piece, GroupHeader.BYTES));
        head.setIntLE(4, GroupHeader.BYTES - 8);
        head.setIntLE(28, frame.length);
        head.setIntLE(32, content.length);
        head.setIntLE(36, GroupHeader.crc32c(ByteBuffer.wrap(frame)));
        head.setIntLE(40, GroupHeader.crc32c(ByteBuffer.wrap(content)));
        head.setIntLE(60, GroupHeader.crc32c(head, 0, 60));
        out.writeBytes(head).writeBytes(frame);
    }

    /** Corrects the checksum of each record, up to the first whose length does not fit. */
    private static byte[] records(byte[] content) {
        ByteBuf buf = Unpooled.wrappedBuffer(content);
        int at = 0;
        while (content.length - at >= CaptureWriter.RECORD_HEADER_BYTES) {
            long body = buf.getUnsignedIntLE(at);
            if (body > content.length - at - CaptureWriter.RECORD_HEADER_BYTES) {
                break;
            }
            buf.setIntLE(at + 8, CaptureWriter.recordCrc(buf, at, (int) body));
            at += CaptureWriter.RECORD_HEADER_BYTES + (int) body;
        }
        return content;
    }

    private static void index(ByteBuf index, List<Integer> offsets, ByteBuf out) {
        int bytes = index.readableBytes();
        if (bytes >= FileIndex.bytes(0)) {
            int groups = (bytes - FileIndex.bytes(0)) / INDEX_ENTRY_BYTES;
            index.setIntLE(4, bytes - 8);
            for (int i = 0; groups == offsets.size() && i < groups; i++) {
                index.setLongLE(24 + INDEX_ENTRY_BYTES * i, offsets.get(i));
            }
            index.setLongLE(bytes - 8, out.writerIndex());
            index.setIntLE(bytes - 12, GroupHeader.crc32c(index, 0, bytes - 12));
        }
        out.writeBytes(index);
    }

    private PlainFile() {}
}
