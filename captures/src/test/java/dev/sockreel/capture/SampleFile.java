package dev.sockreel.capture;

import com.github.luben.zstd.Zstd;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotPart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small closed file and its content.
 *
 * @param bytes   content of the file
 * @param records its records as {@link SampleRecords#show} prints them, the close record last
 * @param groups  offset of each group
 * @param index   offset of the index
 */
record SampleFile(byte[] bytes, List<String> records, List<Integer> groups, int index) {
    /** File id of raw groups. */
    static final long FILE_ID = SampleRecords.header(0).fileId();

    static SampleFile write(Path folder, int snapshots) throws IOException {
        return write(folder, snapshots, 0);
    }

    static SampleFile write(Path folder, int snapshots, int part) throws IOException {
        Path path = Files.createTempFile(folder, "sample", ".reel");
        List<String> records = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        int index;
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(part))) {
            records.add(SampleRecords.show(SampleRecords.header(part)));
            groups.add(0);
            out.write(SampleRecords.host());
            records.add(SampleRecords.show(SampleRecords.host()));
            for (int i = 0; i < snapshots; i++) {
                for (CaptureRecord record : SampleRecords.snapshot(i)) {
                    out.write(record);
                    records.add(SampleRecords.show(record));
                }
                groups.add((int) out.fileBytes());
            }
            out.finish();
            index = (int) out.fileBytes() - FileIndex.bytes(groups.size());
        }
        Reading all = Reading.of(path);
        // The close record has a time of its own.
        records.add(all.records().getLast());
        return new SampleFile(Files.readAllBytes(path), List.copyOf(records), List.copyOf(groups), index);
    }

    /** Returns the bytes of a group, header and frame. */
    byte[] group(int number) {
        int to = number + 1 < groups.size() ? groups.get(number + 1) : index;
        return Arrays.copyOfRange(bytes, groups.get(number), to);
    }

    byte[] indexBytes() {
        return Arrays.copyOfRange(bytes, index, bytes.length);
    }

    /** Returns the records of the groups that end at or before {@code length}. */
    List<String> recordsUpTo(int length, Path scratch) throws IOException {
        int end = 0;
        for (int i = 1; i < groups.size(); i++) {
            end = groups.get(i) <= length ? groups.get(i) : end;
        }
        end = index <= length ? index : end;
        if (end == 0) {
            return List.of();
        }
        Files.write(scratch, Arrays.copyOf(bytes, end));
        return Reading.of(scratch).records();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Builds a group with any content and right checksums. */
    static byte[] rawGroup(int number, byte[] content) {
        byte[] frame = Zstd.compress(content);
        return join(rawHeader(number, frame, content.length, content), frame);
    }

    static byte[] rawHeader(int number, byte[] frame, int uncompressedBytes, byte[] content) {
        GroupContent facts = facts(content);
        GroupHeader header = new GroupHeader(facts.flags(), number, facts.firstSnapshot(), frame.length,
                uncompressedBytes, GroupHeader.crc32c(ByteBuffer.wrap(frame)),
                GroupHeader.crc32c(ByteBuffer.wrap(content)), facts.realtimeNs(), FILE_ID);
        ByteBuf out = Unpooled.buffer();
        header.encode(out);
        return ByteBufUtil.getBytes(out);
    }

    /** Returns what a header states about these records, as far as they are records. */
    private static GroupContent facts(byte[] content) {
        GroupContent facts = new GroupContent();
        facts.add(null);
        GroupHeader header = new GroupHeader(0, 0, 0, 0, content.length, 0, 0, 0, 0);
        GroupRecords records = new GroupRecords(
                header, new GroupFrame(Unpooled.wrappedBuffer(content), 0, null), (record, loses, why) -> {});
        for (RawRecord raw = records.next(); raw != null; raw = records.next()) {
            if (raw.record() instanceof SnapshotPart part && !(part instanceof SnapshotBegin)
                    && part.snapshot() > facts.firstSnapshot()) {
                facts.add(new SnapshotBegin(part.snapshot(), ReceiveTime.NONE)); // its own is damaged
            }
            facts.add(raw.record());
        }
        return facts;
    }

    /** Builds a record with any type and body and a right checksum. */
    static byte[] rawRecord(int type, byte[] body) {
        ByteBuf out = Unpooled.buffer();
        out.writeIntLE(body.length).writeShortLE(type).writeShortLE(0).writeIntLE(0).writeBytes(body);
        out.setIntLE(8, CaptureWriter.recordCrc(out, 0, body.length));
        return ByteBufUtil.getBytes(out);
    }

    static byte[] rawRecord(CaptureRecord record) {
        ByteBuf body = Unpooled.buffer();
        record.encode(body);
        return rawRecord(record.type(), ByteBufUtil.getBytes(body));
    }
}
