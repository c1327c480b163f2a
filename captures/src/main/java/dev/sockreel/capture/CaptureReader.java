package dev.sockreel.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture file record by record. It trusts no length: a group is read only when the file holds it, and
 * decompressed only into the at most 4 MiB that its header may state. What is damaged is passed over and told by
 * {@link #damages()}; records of unknown types are skipped and counted.
 *
 * <p>At the end {@link #next()} gives null and {@link #ending()} says how the file ends. A follower of a file that
 * still grows calls {@link #next()} again later. Memory: one group; records may hold slices of it.
 */
public final class CaptureReader implements AutoCloseable {
    /** How the file ends, as far as has been read. */
    public enum Ending {
        /** On purpose: close record and index are there, and nothing after them. */
        CLOSED,
        /** Behind a whole group, but not on purpose: the recorder still runs, or was killed. */
        NOT_CLOSED,
        /** Inside something: killed while writing, or cut later. */
        CUT
    }

    private static final int SEARCH_BYTES = 64 * 1024;
    private static final int TAKEN_FROM_DAMAGED = 1;

    private final FileChannel file;
    private final Path path;
    private final List<Damage> damages = new ArrayList<>();
    private long position;
    private long fileId;
    private boolean fileIdKnown;
    private int nextGroup;
    private int snapshot = -1;
    private @Nullable ByteBuf group;
    private @Nullable GroupHeader header;
    private long groupOffset;
    private @Nullable String groupProblem;
    private boolean closeSeen;
    private boolean indexSeen;
    private @Nullable Damage tail;
    private long unknownRecords;
    private long compressed;
    private long uncompressed;
    private int groupsSeen;

    private CaptureReader(FileChannel file, Path path) {
        this.file = file;
        this.path = path;
    }

    /**
     * @throws NotACaptureException when there is no group header in the file
     * @throws IOException          when it cannot be read
     */
    public static CaptureReader open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            CaptureReader reader = new CaptureReader(file, path);
            reader.requireCapture();
            return reader;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void requireCapture() throws IOException {
        long size = file.size();
        if (size == 0) {
            throw new NotACaptureException(path + " is empty: it is not a capture");
        }
        long first = findHeader(0);
        if (first < 0) {
            throw new NotACaptureException(path + " is not a sockreel capture (no group header in its " + size
                    + " bytes); other formats are opened by `sockreel import`");
        }
        ByteBuf bytes = read(first, GroupHeader.BYTES);
        if (GroupHeader.version(bytes) != GroupHeader.VERSION) {
            throw new NotACaptureException(path + " is of format version " + GroupHeader.version(bytes)
                    + ", this sockreel reads version " + GroupHeader.VERSION);
        }
    }

    /** The next record, or null when there is none (yet). */
    public @Nullable CaptureRecord next() throws IOException {
        while (true) {
            ByteBuf content = group;
            if (content != null && header != null) {
                CaptureRecord record = nextInGroup(content, header);
                if (record != null) {
                    return record;
                }
                group = null;
            }
            if (!nextGroup()) {
                return null;
            }
        }
    }

    private @Nullable CaptureRecord nextInGroup(ByteBuf content, GroupHeader header) {
        while (content.isReadable()) {
            int at = content.readerIndex();
            long body = content.readableBytes() < CaptureWriter.RECORD_HEADER_BYTES ? -1 : content.getUnsignedIntLE(at);
            if (body < 0 || body > content.readableBytes() - CaptureWriter.RECORD_HEADER_BYTES) {
                recordDamage(header, at, "a record's length does not fit its group");
                return null;
            }
            if (content.getIntLE(at + 8) != CaptureWriter.recordCrc(content, at, (int) body)) {
                recordDamage(header, at, "a record's checksum does not fit");
                return null;
            }
            int type = content.getUnsignedShortLE(at + 4);
            content.skipBytes(CaptureWriter.RECORD_HEADER_BYTES);
            ByteBuf slice = content.readSlice((int) body);
            try {
                CaptureRecord record = RecordTypes.decode(type, slice);
                if (record != null) {
                    note(record);
                    return record;
                }
                unknownRecords++;
            } catch (BadRecordException e) {
                recordDamage(header, at, e.getMessage() == null ? "a record is malformed" : e.getMessage());
            }
        }
        if (groupProblem != null) {
            recordDamage(header, content.writerIndex(), groupProblem);
        }
        return null;
    }

    private void note(CaptureRecord record) {
        if (record instanceof SnapshotBegin begin) {
            snapshot = begin.snapshot();
        } else if (record instanceof CaptureClose) {
            closeSeen = true;
        }
    }

    private void recordDamage(GroupHeader header, int at, String why) {
        String where = groupProblem == null || groupProblem.equals(why) ? why : groupProblem + "; " + why;
        groupProblem = null;
        damages.add(new Damage(
                Damage.Kind.CHECKSUM,
                groupOffset,
                (long) GroupHeader.BYTES + header.compressedBytes(),
                header.number(),
                snapshot,
                where + " (from byte " + at + " of the group's " + header.uncompressedBytes() + ")"));
    }

    /** Loads the next group; false when there is none that is whole. */
    private boolean nextGroup() throws IOException {
        tail = null;
        while (true) {
            long left = file.size() - position;
            if (left == 0) {
                return false;
            }
            if (left < 8) {
                return cut(left, "the file ends inside a frame header");
            }
            int magic = read(position, 8).getIntLE(0);
            if (magic == GroupHeader.MAGIC) {
                Boolean loaded = loadGroup(left);
                if (loaded != null) {
                    return loaded;
                }
            } else if (magic == FileIndex.MAGIC) {
                if (!readIndex(left)) {
                    return false;
                }
            } else if (!resync("no frame of this format begins here")) {
                return false;
            }
        }
    }

    /** True: loaded. False: cut. Null: passed over something damaged, look again. */
    private @Nullable Boolean loadGroup(long left) throws IOException {
        if (left < GroupHeader.BYTES) {
            return cut(left, "the file ends inside a group header");
        }
        ByteBuf bytes = read(position, GroupHeader.BYTES);
        if (!GroupHeader.isIntact(bytes)) {
            return resync("a group header's checksum does not fit") ? null : Boolean.FALSE;
        }
        GroupHeader h = GroupHeader.decode(bytes);
        if (left - GroupHeader.BYTES < h.compressedBytes()) {
            return cut(left, "group " + h.number() + " has " + (left - GroupHeader.BYTES) + " of its "
                    + h.compressedBytes() + " bytes");
        }
        noteGap(h);
        ByteBuf frame = read(position + GroupHeader.BYTES, h.compressedBytes());
        GroupFrame content = GroupFrame.open(h, frame.array());
        header = h;
        group = content.content();
        groupProblem = content.problem();
        groupOffset = position;
        position += GroupHeader.BYTES + h.compressedBytes();
        nextGroup = h.number() + 1;
        groupsSeen++;
        compressed += GroupHeader.BYTES + h.compressedBytes();
        uncompressed += h.uncompressedBytes();
        return Boolean.TRUE;
    }

    private void noteGap(GroupHeader h) {
        boolean stranger = fileIdKnown && h.fileId() != fileId;
        if (stranger || closeSeen) {
            damages.add(new Damage(Damage.Kind.LOST, position, 0, h.number(), snapshot,
                    stranger ? "a group of another recording stands here" : "a group stands after the close record"));
        } else if (h.number() != nextGroup && damages.stream().noneMatch(d -> d.offset() + d.bytes() == position)) {
            damages.add(new Damage(Damage.Kind.LOST, position, 0, nextGroup, snapshot,
                    "group " + nextGroup + " is missing, group " + h.number() + " stands here"));
        }
        fileId = h.fileId();
        fileIdKnown = true;
    }

    private boolean readIndex(long left) throws IOException {
        long size = 8 + read(position, 8).getUnsignedIntLE(4);
        // Only groups that were seen can stand in it: a length that is not justified is not believed.
        if (size > FileIndex.bytes(0) + 28L * (nextGroup + 1L)) {
            return resync("the index states " + size + " bytes");
        }
        if (size > left) {
            return cut(left, "the file ends inside its index");
        }
        List<GroupEntry> entries = FileIndex.decode(read(position, (int) size), fileId, position);
        if (entries == null) {
            damages.add(new Damage(Damage.Kind.CHECKSUM, position, size, nextGroup, snapshot,
                    "the index does not fit the file"));
        }
        position += size;
        indexSeen = true;
        if (position != file.size()) {
            damages.add(new Damage(Damage.Kind.LOST, position, file.size() - position, nextGroup, snapshot,
                    "bytes stand after the end of the capture"));
        }
        return true;
    }

    private boolean cut(long left, String why) {
        tail = new Damage(Damage.Kind.CUT, position, left, nextGroup, snapshot, why);
        return false;
    }

    /** Goes on at the next intact header; false when there is none up to the end. */
    private boolean resync(String why) throws IOException {
        long found = findHeader(position + 1);
        long to = found < 0 ? file.size() : found;
        damages.add(new Damage(Damage.Kind.LOST, position, to - position, nextGroup, snapshot,
                why + (found < 0 ? ", and no group follows" : ", the next group begins at byte " + found)));
        position = to;
        return found >= 0;
    }

    /** Offset of the next intact group header at or after {@code from}, -1 for none. */
    private long findHeader(long from) throws IOException {
        long size = file.size();
        long at = from;
        while (at + GroupHeader.BYTES <= size) {
            int length = (int) Math.min(SEARCH_BYTES + GroupHeader.BYTES, size - at);
            ByteBuf window = read(at, length);
            for (int i = 0; i + GroupHeader.BYTES <= length; i++) {
                if (window.getIntLE(i) == GroupHeader.MAGIC
                        && GroupHeader.isIntact(window.slice(i, GroupHeader.BYTES))) {
                    return at + i;
                }
            }
            at += length - GroupHeader.BYTES + TAKEN_FROM_DAMAGED;
        }
        return -1;
    }

    private ByteBuf read(long at, int length) throws IOException {
        byte[] out = new byte[length];
        ByteBuffer into = ByteBuffer.wrap(out);
        while (into.hasRemaining()) {
            if (file.read(into, at + into.position()) < 0) {
                throw new IOException(path + " became shorter while it was read");
            }
        }
        return Unpooled.wrappedBuffer(out);
    }

    /**
     * Groups by the index, or by a scan of the headers where there is none. Does not move the reader.
     */
    public List<GroupEntry> groups() throws IOException {
        List<GroupEntry> indexed = readTrailingIndex();
        if (indexed != null) {
            return indexed;
        }
        List<GroupEntry> found = new ArrayList<>();
        long at = findHeader(0);
        while (at >= 0) {
            GroupHeader h = GroupHeader.decode(read(at, GroupHeader.BYTES));
            long next = at + GroupHeader.BYTES + h.compressedBytes();
            if (next <= file.size()) {
                found.add(new GroupEntry(at, h.number(), h.firstSnapshot(), h.realtimeNs(), h.has(GroupHeader.OWNERS)));
            }
            at = findHeader(Math.min(next, file.size()));
        }
        return found;
    }

    private @Nullable List<GroupEntry> readTrailingIndex() throws IOException {
        long size = file.size();
        if (size < GroupHeader.BYTES + FileIndex.bytes(0)) {
            return null;
        }
        long at = read(size - 8, 8).getLongLE(0);
        if (at < GroupHeader.BYTES || at > size - FileIndex.bytes(0) || size - at > Integer.MAX_VALUE) {
            return null;
        }
        ByteBuf head = read(0, GroupHeader.BYTES);
        if (!GroupHeader.isIntact(head)) {
            return null;
        }
        return FileIndex.decode(read(at, (int) (size - at)), GroupHeader.decode(head).fileId(), at);
    }

    /**
     * Makes {@link #next()} go on with the first group of a snapshot. The records before it (header, host, earlier
     * owners) are not given again; read those of group 0 first.
     *
     * @return false when no group begins with that snapshot
     */
    public boolean seek(int snapshot) throws IOException {
        for (GroupEntry entry : groups()) {
            if (entry.firstSnapshot() == snapshot && (entry.number() > 0 || snapshot == 0)) {
                seek(entry);
                return true;
            }
        }
        return false;
    }

    /** Makes {@link #next()} go on with this group. */
    public void seek(GroupEntry entry) {
        position = entry.offset();
        nextGroup = entry.number();
        group = null;
        snapshot = entry.firstSnapshot() - 1;
        closeSeen = false;
        indexSeen = false;
    }

    /** Of what {@link #next()} has come to. */
    public Ending ending() {
        if (tail != null) {
            return Ending.CUT;
        }
        return closeSeen && indexSeen ? Ending.CLOSED : Ending.NOT_CLOSED;
    }

    /** What could not be read so far, in the file's order; a cut end stands last. */
    public List<Damage> damages() {
        List<Damage> all = new ArrayList<>(damages);
        if (tail != null) {
            all.add(tail);
        }
        return all;
    }

    /** How many places were found damaged so far, a cut end aside. */
    public int damageCount() {
        return damages.size();
    }

    /** True when the file was read to an end that was written on purpose, and nothing in it is damaged. */
    public boolean isWhole() {
        return ending() == Ending.CLOSED && damages.isEmpty();
    }

    /** Records of types this version does not know. */
    public long unknownRecords() {
        return unknownRecords;
    }

    /** Bytes of the groups read so far, as they are in the file. */
    public long compressedBytes() {
        return compressed;
    }

    /** Bytes of the groups read so far, as their headers state them. */
    public long uncompressedBytes() {
        return uncompressed;
    }

    public int groupsRead() {
        return groupsSeen;
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
