package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.output.Output;
import dev.sockreel.output.OutputFile;
import dev.sockreel.output.WholeFile;
import dev.sockreel.zstd.RawZstdFrame;
import dev.sockreel.zstd.Zstd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to a capture file. Records are buffered in memory until {@link #endGroup()}, a snapshot's end or 4
 * MiB; then header and frame are written with one call. Not thread-safe.
 *
 * <p>Durability: data is handed to the kernel at each group's end, so a killed process loses at most what came after
 * the last finished snapshot; {@link #sync()} and {@link #finish()} force it to the disk.
 *
 * <p>Memory: 4 MiB for the open group and as much for the compressed one, both outside the heap.
 */
public final class CaptureWriter implements AutoCloseable {
    /** Body length, type, zero, CRC32C of these 8 bytes and the body. */
    static final int RECORD_HEADER_BYTES = 12;

    /** The snapshot number of a group before the first snapshot. */
    static final int NO_SNAPSHOT = -1;

    private static final int CHAIN_FLAGS = GroupHeader.KEY | GroupHeader.MIDDLE_KEY | GroupHeader.STEP;

    private final Path path;
    /** Where the file is created with its first group; null when somebody else creates and publishes it. */
    private final @Nullable Output output;
    private @Nullable OutputFile file;
    private final ByteBuf group = Unpooled.directBuffer(GroupHeader.MAX_UNCOMPRESSED, GroupHeader.MAX_UNCOMPRESSED);
    private final ByteBuf frame = Unpooled.directBuffer(
            GroupHeader.BYTES + GroupHeader.MAX_COMPRESSED, GroupHeader.BYTES + GroupHeader.MAX_COMPRESSED);
    private final CRC32C groupCrc = new CRC32C();
    private final List<GroupEntry> groups = new ArrayList<>();
    private long fileId;
    /** The offset of the capture being written: the file may hold others before it. */
    private long begin;
    private int groupNumber;
    private long offset;
    private GroupContent content = new GroupContent();
    private @Nullable List<WrittenFrame> frames;
    private boolean failed;
    private boolean closed;

    /**
     * A zstd frame as it stands in the file.
     *
     * @param contentBytes number of bytes that it holds uncompressed
     */
    @SuppressWarnings("ArrayRecordComponent")
    record WrittenFrame(byte[] bytes, int contentBytes) {}

    private CaptureWriter(Path path, @Nullable Output output, @Nullable OutputFile file) {
        this.path = path;
        this.output = output;
        this.file = file;
    }

    /**
     * Begins a capture that others may read while it grows; see {@link #create(Output, CaptureHeader)}.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the file exists and is not empty
     */
    public static CaptureWriter create(Path path, CaptureHeader header) throws IOException {
        return create(Output.of(path, false), header);
    }

    /**
     * Begins a capture that others may read while it grows. The file, which only its owner may read (0600), is created
     * with its first group: it has its name when the first {@link #endGroup()} returns, and never without content. A
     * pipe is opened at once.
     */
    public static CaptureWriter create(Output output, CaptureHeader header) throws IOException {
        CaptureWriter writer =
                new CaptureWriter(output.path(), output, output.isStream() ? output.create() : null);
        return writer.begun(RawRecord.of(header), header.fileId());
    }

    /** Begins a capture in a file that its owner publishes when it is whole, and closes after this writer. */
    public static CaptureWriter into(WholeFile whole, CaptureHeader header) throws IOException {
        return into(whole, RawRecord.of(header), header.fileId());
    }

    /** @param header the header record as it stands in another file */
    static CaptureWriter into(WholeFile whole, RawRecord header, long fileId) throws IOException {
        return new CaptureWriter(whole.path(), null, whole.file()).begun(header, fileId);
    }

    private CaptureWriter begun(RawRecord header, long fileId) throws IOException {
        try {
            beginCapture(header, fileId);
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Begins a capture: the file's first, or one that is joined to a finished one. */
    void beginCapture(RawRecord header, long fileId) throws IOException {
        this.fileId = fileId;
        begin = offset;
        groupNumber = 0;
        groups.clear();
        content = new GroupContent();
        write(header);
    }

    /**
     * Appends a record; ends the group after a SnapshotEnd.
     *
     * @throws IOException              when a full group cannot be written; the file then ends at the group before
     * @throws IllegalArgumentException when one record is larger than a group may be
     */
    public void write(CaptureRecord record) throws IOException {
        int max = RECORD_HEADER_BYTES + record.maxBytes();
        if (max > GroupHeader.MAX_UNCOMPRESSED) {
            throw new IllegalArgumentException("a record of " + max + " bytes is too large: a group holds at most "
                    + GroupHeader.MAX_UNCOMPRESSED + " bytes");
        }
        makeRoom(max, record);
        append(record);
        if (record instanceof SnapshotEnd) {
            endGroup();
        }
    }

    /** Sets flags of the group that the last record stands in. */
    void mark(int flags) {
        content.mark(flags);
    }

    /** Collects the frames of the groups that are written from now on; null stops it. */
    void collectFrames(@Nullable List<WrittenFrame> to) {
        frames = to;
    }

    /** Appends a record as it stands in another file, unknown types included. */
    void write(RawRecord raw) throws IOException {
        ByteBuf bytes = raw.bytes();
        makeRoom(bytes.readableBytes(), raw.record());
        int at = group.writerIndex();
        group.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        appended(at, raw.record());
        content.mark(switch (raw.record()) {
            case SnapshotBegin b -> raw.group().flags() & CHAIN_FLAGS;
            // as the header of its group states it, which may be lost
            case Delta d when d.part() == 0 && (content.flags() & CHAIN_FLAGS) == 0 ->
                d.base() == d.key() ? GroupHeader.MIDDLE_KEY : GroupHeader.STEP;
            case null, default -> 0;
        });
        if (raw.record() instanceof SnapshotEnd) {
            endGroup();
        }
    }

    /** Ends the group if the record does not fit, or if a second snapshot would begin in it: headers list only one. */
    private void makeRoom(int bytes, @Nullable CaptureRecord record) throws IOException {
        if (bytes > group.writableBytes() || (record instanceof SnapshotBegin && content.isSnapshotOpen())) {
            endGroup();
        }
    }

    private void append(CaptureRecord record) {
        int at = group.writerIndex();
        encode(record, group);
        appended(at, record);
    }

    private void appended(int at, @Nullable CaptureRecord record) {
        int bytes = group.writerIndex() - at;
        // The CRC is taken here, while the record is still in the CPU's cache.
        groupCrc.update(group.nioBuffer(at, bytes));
        content.add(record);
    }

    /** Appends the record's header and body. */
    static void encode(CaptureRecord record, ByteBuf out) {
        int begin = out.writerIndex();
        out.writeIntLE(0);
        out.writeShortLE(record.type());
        out.writeShortLE(0);
        out.writeIntLE(0);
        try {
            record.encode(out);
        } catch (RuntimeException e) {
            // Half a record must not stand before the next.
            out.writerIndex(begin);
            throw e;
        }
        int body = out.writerIndex() - begin - RECORD_HEADER_BYTES;
        out.setIntLE(begin, body);
        out.setIntLE(begin + 8, recordCrc(out, begin, body));
    }

    static int recordCrc(ByteBuf buf, int begin, int bodyBytes) {
        CRC32C crc = new CRC32C();
        if (buf.hasArray()) { // a reader's
            int at = buf.arrayOffset() + begin;
            crc.update(buf.array(), at, 8);
            crc.update(buf.array(), at + RECORD_HEADER_BYTES, bodyBytes);
            return (int) crc.getValue();
        }
        crc.update(buf.nioBuffer(begin, 8));
        crc.update(buf.nioBuffer(begin + RECORD_HEADER_BYTES, bodyBytes));
        return (int) crc.getValue();
    }

    /** Writes the buffered records as one group; does nothing when there are none. */
    public void endGroup() throws IOException {
        if (!group.isReadable()) {
            return;
        }
        int compressed = compress(group.nioBuffer());
        GroupHeader header = new GroupHeader(
                content.flags(),
                groupNumber,
                content.firstSnapshot(),
                compressed,
                group.readableBytes(),
                GroupHeader.crc32c(frame, GroupHeader.BYTES, compressed),
                (int) groupCrc.getValue(),
                content.realtimeNs(),
                fileId);
        frame.writerIndex(0);
        header.encode(frame);
        frame.writerIndex(GroupHeader.BYTES + compressed);
        writeFrame();
        if (groups.size() < FileIndex.MAX_GROUPS) {
            groups.add(new GroupEntry(
                    offset - begin,
                    fileId,
                    header.number(),
                    header.firstSnapshot(),
                    header.realtimeNs(),
                    header.flags() & GroupHeader.LISTED_FLAGS));
        }
        List<WrittenFrame> collected = frames;
        if (collected != null) {
            collected.add(new WrittenFrame(
                    ByteBufUtil.getBytes(frame, GroupHeader.BYTES, compressed), group.readableBytes()));
        }
        groupNumber++;
        offset += frame.writerIndex();
        group.clear();
        groupCrc.reset();
        content.nextGroup();
    }

    private int compress(ByteBuffer records) {
        int compressed = Zstd.compress(records, frame.nioBuffer(GroupHeader.BYTES, GroupHeader.MAX_COMPRESSED));
        return records.remaining() <= GroupHeader.maxContent(compressed)
                ? compressed
                : RawZstdFrame.write(records, frame, GroupHeader.BYTES);
    }

    private void writeFrame() throws IOException {
        if (failed) {
            throw new IOException(path + ": not written, because an earlier write failed");
        }
        OutputFile to = file();
        writeFully(frame.nioBuffer(0, frame.writerIndex()), to);
        if (output != null) {
            publish(to);
        }
    }

    private OutputFile file() throws IOException {
        OutputFile to = file;
        if (to == null) {
            to = Objects.requireNonNull(output).create();
            file = to;
        }
        return to;
    }

    /** Gives the file its name, if it has none yet. */
    private void publish(OutputFile to) throws IOException {
        try {
            to.publish();
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    /** Fails when somebody else changed the file: what is written then would stand after bytes that are gone. */
    private void requireOwnSize(OutputFile to) throws IOException {
        long bytes = to.isStream() ? offset : to.channel().size();
        if (bytes != offset) {
            failed = true;
            throw new IOException(path + (bytes < offset ? " was truncated" : " was written") + " by another program: "
                    + bytes + " bytes are in it, but " + offset + " were recorded");
        }
    }

    private void writeFully(ByteBuffer bytes, OutputFile to) throws IOException {
        requireOwnSize(to);
        try {
            while (bytes.hasRemaining()) {
                to.channel().write(bytes);
            }
        } catch (IOException e) {
            failed = true;
            IOException withPath = to.named(e);
            dropUnfinished(to, withPath);
            throw withPath;
        }
    }

    /** Truncates the file to its last whole group; readers report a stream as cut. */
    private void dropUnfinished(OutputFile to, IOException cause) {
        try {
            if (!to.isStream()) {
                to.channel().truncate(offset);
            }
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Forces what was written to the disk (fdatasync). */
    public void sync() throws IOException {
        if (file != null) {
            file.sync();
        }
    }

    /** The file's size so far, bytes. */
    public long fileBytes() {
        return offset;
    }

    /** The number of snapshots begun in the current capture. */
    public int snapshots() {
        return content.snapshots();
    }

    /** Closes the capture: writes close record and index, then fdatasync. */
    public void finish() throws IOException {
        finish(ReceiveTime.now());
    }

    /** @param end when the recording ended */
    void finish(ReceiveTime end) throws IOException {
        write(new CaptureClose(snapshots(), end));
        endGroup();
        ByteBuf index = Unpooled.directBuffer(FileIndex.bytes(groups.size()));
        try {
            FileIndex.encode(groups, fileId, offset - begin, index);
            writeFully(index.nioBuffer(), file());
            offset += index.readableBytes();
        } finally {
            index.release();
        }
        sync();
        requireOwnSize(file());
    }

    /** Releases the file as it is; without {@link #finish()} readers report it as not closed. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        group.release();
        frame.release();
        if (file != null && output != null) {
            file.close();
        }
    }

    static {
        // GroupHeader.MAX_COMPRESSED must hold every frame: check it against the library in use.
        if (Zstd.maxCompressedBytes(GroupHeader.MAX_UNCOMPRESSED) > GroupHeader.MAX_COMPRESSED) {
            throw new ExceptionInInitializerError("frames of zstd may be longer than a group holds");
        }
    }
}
