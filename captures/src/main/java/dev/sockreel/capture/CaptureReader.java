package dev.sockreel.capture;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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

    private final CaptureBytes file;
    private final DamageLog damages = new DamageLog();
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

    private CaptureReader(CaptureBytes file) {
        this.file = file;
    }

    /**
     * @throws NotACaptureException when there is no group header in the file
     * @throws IOException          when it cannot be read
     */
    public static CaptureReader open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new NotACaptureException(path + " is a folder, not a capture");
        }
        CaptureBytes file = new CaptureBytes(FileChannel.open(path, StandardOpenOption.READ), path);
        try {
            CaptureReader reader = new CaptureReader(file);
            reader.requireCapture();
            return reader;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void requireCapture() throws IOException {
        Path path = file.path();
        long size = file.size();
        if (size == 0) {
            throw new NotACaptureException(path + " is empty: it is not a capture");
        }
        long first = file.findHeader(0);
        if (first < 0) {
            throw new NotACaptureException(path + " is not a sockreel capture (no group header in its " + size
                    + " bytes); other formats are opened by `sockreel import`");
        }
        ByteBuf bytes = file.read(first, GroupHeader.BYTES);
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
            if (left < 0) {
                throw file.becameShorter();
            }
            if (left == 0) {
                return false;
            }
            if (left < 8) {
                return cut(left, "the file ends inside a frame header");
            }
            int magic = file.read(position, 8).getIntLE(0);
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
        ByteBuf bytes = file.read(position, GroupHeader.BYTES);
        if (!GroupHeader.isIntact(bytes)) {
            return resync("a group header's checksum does not fit") ? null : Boolean.FALSE;
        }
        GroupHeader h = GroupHeader.decode(bytes);
        if (left - GroupHeader.BYTES < h.compressedBytes()) {
            return cut(left, "group " + h.number() + " has " + (left - GroupHeader.BYTES) + " of its "
                    + h.compressedBytes() + " bytes");
        }
        if (!follows(h, GroupHeader.version(bytes))) {
            position += GroupHeader.BYTES + h.compressedBytes();
            return null;
        }
        ByteBuf frame = file.read(position + GroupHeader.BYTES, h.compressedBytes());
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

    /** Whether the group is to be read: one of another version, or one that was read before, is not. */
    private boolean follows(GroupHeader h, int version) {
        long bytes = (long) GroupHeader.BYTES + h.compressedBytes();
        if (version != GroupHeader.VERSION) {
            lost(bytes, h.number(), "group " + h.number() + " is of format version " + version);
            return false;
        }
        boolean stranger = fileIdKnown && h.fileId() != fileId;
        if (stranger) {
            lost(0, h.number(), "a group of another recording stands here");
            indexSeen = false;
        } else if (h.number() < nextGroup) {
            lost(bytes, h.number(), "group " + h.number() + " stands where group " + nextGroup + " belongs");
            return false;
        } else if (closeSeen) {
            lost(0, h.number(), "a group stands after the close record");
        } else if (h.number() > nextGroup && !damages.toldLossBefore(position)) {
            lost(0, nextGroup, "group " + nextGroup + " is missing, group " + h.number() + " stands here");
        }
        closeSeen = false;
        fileId = h.fileId();
        fileIdKnown = true;
        return true;
    }

    private void lost(long bytes, int number, String why) {
        damages.add(new Damage(Damage.Kind.LOST, position, bytes, number, snapshot, why));
    }

    private boolean readIndex(long left) throws IOException {
        long size = 8 + file.read(position, 8).getUnsignedIntLE(4);
        if (size > FileIndex.bytes(FileIndex.MAX_GROUPS)) {
            return resync("the index states " + size + " bytes");
        }
        if (size > left) {
            return cut(left, "the file ends inside its index");
        }
        List<GroupEntry> entries = FileIndex.decode(file.read(position, (int) size), fileId, position);
        if (entries == null) {
            damages.add(new Damage(Damage.Kind.CHECKSUM, position, size, nextGroup, snapshot,
                    "the index does not fit the file"));
        }
        position += size;
        indexSeen = true;
        if (position != file.size()) {
            lost(file.size() - position, nextGroup, "bytes stand after the end of the capture");
        }
        return true;
    }

    private boolean cut(long left, String why) {
        tail = new Damage(Damage.Kind.CUT, position, left, nextGroup, snapshot, why);
        return false;
    }

    /** Goes on at the next intact header; false when there is none up to the end. */
    private boolean resync(String why) throws IOException {
        long found = file.findHeader(position + 1);
        long to = found < 0 ? file.size() : found;
        lost(to - position, nextGroup,
                why + (found < 0 ? ", and no group follows" : ", the next group begins at byte " + found));
        position = to;
        return found >= 0;
    }

    /**
     * Groups by the index, or by a scan of the headers where there is none. Does not move the reader.
     */
    public List<GroupEntry> groups() throws IOException {
        List<GroupEntry> found = readTrailingIndex();
        if (found != null && found.size() < FileIndex.MAX_GROUPS) {
            return found;
        }
        // A full index is not the whole list: go on behind its last group.
        found = found == null ? new ArrayList<>() : found;
        long at = file.findHeader(found.isEmpty() ? 0 : found.getLast().offset() + 1);
        while (at >= 0) {
            GroupHeader h = GroupHeader.decode(file.read(at, GroupHeader.BYTES));
            long next = at + GroupHeader.BYTES + h.compressedBytes();
            if (next <= file.size()) {
                found.add(new GroupEntry(at, h.number(), h.firstSnapshot(), h.realtimeNs(), h.has(GroupHeader.OWNERS)));
            }
            at = file.findHeader(Math.min(next, file.size()));
        }
        return found;
    }

    private @Nullable List<GroupEntry> readTrailingIndex() throws IOException {
        long size = file.size();
        if (size < GroupHeader.BYTES + FileIndex.bytes(0)) {
            return null;
        }
        long at = file.read(size - 8, 8).getLongLE(0);
        if (at < GroupHeader.BYTES || at > size - FileIndex.bytes(0) || size - at > FileIndex.bytes(FileIndex.MAX_GROUPS)) {
            return null;
        }
        ByteBuf head = file.read(0, GroupHeader.BYTES);
        if (!GroupHeader.isIntact(head)) {
            return null;
        }
        return FileIndex.decode(file.read(at, (int) (size - at)), GroupHeader.decode(head).fileId(), at);
    }

    /**
     * Makes {@link #next()} go on with the group in which a snapshot begins; records of before may stand in it, up
     * to its SnapshotBegin. Header and host are not given again; read those of group 0 first.
     *
     * @return false when no group tells of that snapshot
     */
    public boolean seek(int snapshot) throws IOException {
        for (GroupEntry entry : groups()) {
            if (entry.firstSnapshot() == snapshot) {
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
        fileIdKnown = false;
        group = null;
        snapshot = Math.max(-1, entry.firstSnapshot() - 1);
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
        List<Damage> all = damages.list();
        if (tail != null) {
            all.add(tail);
        }
        return all;
    }

    /** How many places were found damaged so far, a cut end aside. */
    public int damageCount() {
        return damages.count();
    }

    /** True when the file was read to an end that was written on purpose, and nothing in it is damaged. */
    public boolean isWhole() {
        return ending() == Ending.CLOSED && damages.count() == 0;
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
        return file.path();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
