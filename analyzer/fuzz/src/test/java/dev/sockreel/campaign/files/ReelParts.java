package dev.sockreel.campaign.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sockreel.capture.PlainFile;
import dev.sockreel.fixtures.ReelFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A capture file in parts: headers, records and indexes, a tag before each. {@link #seal} makes a file of them with
 * right lengths and checksums (captures/FORMAT.md), except where a tag asks for a wrong one.
 */
final class ReelParts {
    /** A group header; its lengths and checksums are made right. */
    static final byte HEADER = 'H';
    /** A group header of which only its own checksum is made right. */
    static final byte LYING_HEADER = 'h';
    /** A record; its checksum is made right, its length is kept. */
    static final byte RECORD = 'R';
    /** A record with a wrong checksum. */
    static final byte BAD_RECORD = 'B';
    /** An index; its length, checksum and offsets are made right. */
    static final byte INDEX = 'I';
    /** An index of which only the checksum is made right. */
    static final byte LYING_INDEX = 'i';
    /** Any bytes between groups. */
    static final byte JUNK = 'J';

    static final int HEADER_BYTES = 64;
    static final int RECORD_HEADER_BYTES = 12;
    private static final int INDEX_ENTRIES_AT = 24;
    private static final int INDEX_ENTRY_BYTES = 28;
    /** File id, checksum and the index's own offset. */
    private static final int INDEX_END_BYTES = 20;
    private static final int INDEX_CHECKSUM_BEFORE_END = 12;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();
    private int begin;

    /** Returns the parts of a whole capture. */
    static List<byte[]> of(byte[] reel) {
        ReelFile parsed = ReelFile.parse(reel);
        List<byte[]> parts = new ArrayList<>();
        for (ReelFile.Group group : parsed.groups()) {
            byte[] alone = new ReelFile(List.of(group)).toBytes();
            parts.add(tagged(HEADER, Arrays.copyOf(alone, HEADER_BYTES)));
            group.entries().forEach(e -> parts.add(tagged(RECORD, e.toBytes())));
        }
        int index = (int) little(reel).getLong(reel.length - 8);
        parts.add(tagged(INDEX, Arrays.copyOfRange(reel, index, reel.length)));
        return parts;
    }

    static byte[] tagged(byte tag, byte[] content) {
        byte[] part = new byte[1 + content.length];
        part[0] = tag;
        System.arraycopy(content, 0, part, 1, content.length);
        return part;
    }

    /** Returns a record part. */
    static byte[] record(int type, byte[] body) {
        return tagged(RECORD, new Wire().i32(body.length).u16(type).u16(0).i32(0).raw(body).bytes());
    }

    /** Returns a header part. */
    static byte[] header(int flags, int number, int firstSnapshot, long realtimeNs, long fileId) {
        return tagged(HEADER, new Wire().i32(0x184D2A5A).i32(56).raw("SOCKREEL".getBytes(US_ASCII)).u16(1).u16(flags)
                .i32(number).i32(firstSnapshot).i32(0).i32(0).i32(0).i32(0).i64(realtimeNs).i64(fileId).i32(0).bytes());
    }

    /** Writes the file's bytes into a folder. */
    static Path write(List<byte[]> parts, Path folder) throws java.io.IOException {
        return Files.write(folder.resolve("input.reel"), seal(parts));
    }

    static byte[] seal(List<byte[]> parts) {
        ReelParts out = new ReelParts();
        int at = 0;
        while (at < parts.size()) {
            byte[] part = parts.get(at++);
            byte[] content = Arrays.copyOfRange(part, Math.min(1, part.length), part.length);
            byte tag = part.length == 0 ? JUNK : part[0];
            if ((tag == HEADER || tag == LYING_HEADER) && content.length == HEADER_BYTES) {
                ByteArrayOutputStream records = new ByteArrayOutputStream();
                while (at < parts.size() && isRecord(parts.get(at))) {
                    records.writeBytes(sealedRecord(parts.get(at++)));
                }
                out.group(tag == HEADER, content, records.toByteArray());
            } else if ((tag == INDEX || tag == LYING_INDEX) && content.length >= INDEX_ENTRIES_AT + INDEX_END_BYTES) {
                out.index(tag == INDEX, content);
            } else {
                out.file.writeBytes(content);
            }
        }
        return out.file.toByteArray();
    }

    private static boolean isRecord(byte[] part) {
        return part.length > 0 && (part[0] == RECORD || part[0] == BAD_RECORD);
    }

    private static byte[] sealedRecord(byte[] part) {
        byte[] record = Arrays.copyOfRange(part, 1, part.length);
        if (record.length >= RECORD_HEADER_BYTES) {
            CRC32C crc = new CRC32C();
            crc.update(record, 0, 8);
            crc.update(record, RECORD_HEADER_BYTES, record.length - RECORD_HEADER_BYTES);
            little(record).putInt(8, (int) crc.getValue() ^ (part[0] == RECORD ? 0 : 1));
        }
        return record;
    }

    private void group(boolean isRight, byte[] header, byte[] content) {
        byte[] frame = PlainFile.frame(content);
        ByteBuffer head = little(header);
        if (isRight) {
            head.putInt(4, HEADER_BYTES - 8).putInt(28, frame.length).putInt(32, content.length);
        }
        head.putInt(36, crc(frame, frame.length)).putInt(40, crc(content, content.length));
        head.putInt(60, crc(header, 60));
        if (head.getInt(20) == 0) {
            begins();
        }
        offsets.add(file.size() - begin);
        file.writeBytes(header);
        file.writeBytes(frame);
    }

    private void begins() {
        begin = file.size();
        offsets.clear();
    }

    private void index(boolean isRight, byte[] index) {
        ByteBuffer out = little(index);
        int groups = (index.length - INDEX_ENTRIES_AT - INDEX_END_BYTES) / INDEX_ENTRY_BYTES;
        if (isRight) {
            out.putInt(4, index.length - 8);
            for (int i = 0; i < groups && i < offsets.size(); i++) {
                out.putLong(INDEX_ENTRIES_AT + i * INDEX_ENTRY_BYTES, offsets.get(i));
            }
            out.putLong(index.length - 8, file.size() - begin);
        }
        out.putInt(index.length - INDEX_CHECKSUM_BEFORE_END, crc(index, index.length - INDEX_CHECKSUM_BEFORE_END));
        file.writeBytes(index);
        begins();
    }

    static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
