package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.zstd.Zstd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final FileChannel file;
    private final Path path;
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
    private int groupFlags;
    private int snapshot = NO_SNAPSHOT;
    private int groupSnapshot;
    private boolean snapshotOpen;
    private long groupTimeNs = ReceiveTime.UNKNOWN;
    private int snapshots;
    private boolean failed;

    private CaptureWriter(FileChannel file, Path path) {
        this.file = file;
        this.path = path;
    }

    /**
     * Creates a file that only its owner may read (0600).
     *
     * @throws IOException when the file exists and is not empty (a capture is never overwritten), or cannot be written
     */
    public static CaptureWriter create(Path path, CaptureHeader header) throws IOException {
        return create(path, RawRecord.of(header), header.fileId());
    }

    /** @param header the header record as it stands in another file */
    static CaptureWriter create(Path path, RawRecord header, long fileId) throws IOException {
        boolean posix = path.toAbsolutePath().getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileChannel file = posix
                ? FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : FileChannel.open(path, options);
        try {
            if (file.size() > 0) {
                throw new java.nio.file.FileAlreadyExistsException(
                        path.toString(), null, "exists and is not empty");
            }
            if (posix && java.nio.file.Files.isRegularFile(path)) {
                java.nio.file.Files.setPosixFilePermissions(path, OWNER_ONLY);
            }
            CaptureWriter writer = new CaptureWriter(file, path);
            writer.beginCapture(header, fileId);
            return writer;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Begins a capture: the file's first, or one that is joined to a finished one. */
    void beginCapture(RawRecord header, long fileId) throws IOException {
        this.fileId = fileId;
        begin = offset;
        groupNumber = 0;
        groups.clear();
        snapshot = NO_SNAPSHOT;
        snapshotOpen = false;
        groupTimeNs = ReceiveTime.UNKNOWN;
        snapshots = 0;
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

    /** Appends a record as it stands in another file, unknown types included. */
    void write(RawRecord raw) throws IOException {
        ByteBuf bytes = raw.bytes();
        makeRoom(bytes.readableBytes(), raw.record());
        int at = group.writerIndex();
        group.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        appended(at, raw.record());
        if (raw.record() instanceof SnapshotEnd) {
            endGroup();
        }
    }

    /** Ends the group if the record does not fit, or if a second snapshot would begin in it: headers list only one. */
    private void makeRoom(int bytes, @Nullable CaptureRecord record) throws IOException {
        if (bytes > group.writableBytes() || (record instanceof SnapshotBegin && snapshotOpen)) {
            endGroup();
        }
    }

    private void note(@Nullable CaptureRecord record, boolean first) {
        if (first) {
            groupSnapshot = snapshot;
        }
        switch (record) {
            case null -> {} // of a later version
            case CaptureHeader h -> groupTimeNs = h.created().realtimeNs();
            case SnapshotBegin b -> {
                snapshot = b.snapshot();
                groupSnapshot = snapshot;
                snapshotOpen = true;
                snapshots++;
                groupTimeNs = b.time().realtimeNs();
            }
            case Datagram d -> {
                if (first) {
                    groupTimeNs = d.time().realtimeNs();
                }
            }
            case Owners o when o.whole() && o.part() == 0 -> groupFlags |= GroupHeader.OWNERS;
            case SnapshotEnd e -> snapshotOpen = false;
            case CaptureClose c -> groupFlags |= GroupHeader.LAST;
            default -> {}
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
        note(record, at == 0);
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
        crc.update(buf.nioBuffer(begin, 8));
        crc.update(buf.nioBuffer(begin + RECORD_HEADER_BYTES, bodyBytes));
        return (int) crc.getValue();
    }

    /** Writes the buffered records as one group; does nothing when there are none. */
    public void endGroup() throws IOException {
        if (!group.isReadable()) {
            return;
        }
        int compressed =
                Zstd.compress(group.nioBuffer(), frame.nioBuffer(GroupHeader.BYTES, GroupHeader.MAX_COMPRESSED));
        GroupHeader header = new GroupHeader(
                groupFlags,
                groupNumber,
                groupSnapshot,
                compressed,
                group.readableBytes(),
                GroupHeader.crc32c(frame, GroupHeader.BYTES, compressed),
                (int) groupCrc.getValue(),
                groupTimeNs,
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
                    header.has(GroupHeader.OWNERS)));
        }
        groupNumber++;
        offset += frame.writerIndex();
        group.clear();
        groupCrc.reset();
        groupFlags = 0;
    }

    private void writeFrame() throws IOException {
        if (failed) {
            throw new IOException(path + ": not written, because an earlier write failed");
        }
        writeFully(frame.nioBuffer(0, frame.writerIndex()));
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            failed = true;
            IOException withPath = new IOException(path + ": " + e.getMessage(), e);
            dropUnfinished(withPath);
            throw withPath;
        }
    }

    /** Truncates the file to its last whole group; where that fails (a device), readers report the file as cut. */
    private void dropUnfinished(IOException cause) {
        try {
            file.truncate(offset);
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Forces what was written to the disk (fdatasync). */
    public void sync() throws IOException {
        file.force(false);
    }

    /** The file's size so far, bytes. */
    public long fileBytes() {
        return offset;
    }

    /** The number of snapshots begun in the current capture. */
    public int snapshots() {
        return snapshots;
    }

    /** Closes the capture: writes close record and index, then fdatasync. */
    public void finish() throws IOException {
        finish(ReceiveTime.now());
    }

    /** @param end when the recording ended */
    void finish(ReceiveTime end) throws IOException {
        write(new CaptureClose(snapshots, end));
        endGroup();
        ByteBuf index = Unpooled.directBuffer(FileIndex.bytes(groups.size()));
        try {
            FileIndex.encode(groups, fileId, offset - begin, index);
            writeFully(index.nioBuffer());
            offset += index.readableBytes();
        } finally {
            index.release();
        }
        sync();
    }

    /** Releases the file as it is; without {@link #finish()} readers report it as not closed. */
    @Override
    public void close() throws IOException {
        if (!file.isOpen()) {
            return;
        }
        group.release();
        frame.release();
        file.close();
    }

    static {
        // GroupHeader.MAX_COMPRESSED must hold every frame: check it against the library in use.
        if (Zstd.maxCompressedBytes(GroupHeader.MAX_UNCOMPRESSED) > GroupHeader.MAX_COMPRESSED) {
            throw new ExceptionInInitializerError("frames of zstd may be longer than a group holds");
        }
    }
}
