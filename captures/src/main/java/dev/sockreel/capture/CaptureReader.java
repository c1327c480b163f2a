package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureRecord;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture file record by record. It trusts no length: a group is read only when the file holds it, and
 * decompressed only into the at most 4 MiB that its header may state. What is damaged is passed over and told by
 * {@link #damages()}; records of unknown types are skipped and counted. Captures may be joined: one follows the other,
 * and groups that were read before are checked but not given again.
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
    private final boolean salvage;
    private final DamageLog damages = new DamageLog();
    private final JoinedCaptures joined = new JoinedCaptures();
    private final GroupSearch search;
    private long position;
    private @Nullable GroupEntry sought;
    private @Nullable CaptureRun run;
    private @Nullable GroupRecords group;
    private long groupOffset;
    private long groupBytes;
    private boolean groupIsCopy;
    private RecordPlace place = RecordPlace.NONE;
    private @Nullable Damage tail;
    private long unknownRecords;
    private long compressed;
    private long uncompressed;

    private CaptureReader(CaptureBytes file, boolean salvage) {
        this.file = file;
        this.salvage = salvage;
        this.search = new GroupSearch(file);
    }

    /**
     * @throws NotACaptureException when there is no group header in the file
     * @throws IOException          when it cannot be read
     */
    public static CaptureReader open(Path path) throws IOException {
        return new CaptureReader(CaptureBytes.ofCapture(path), false);
    }

    /** Of a file that does not grow: what there is of a group that the end cuts is read too. */
    static CaptureReader openToSalvage(Path path) throws IOException {
        return new CaptureReader(CaptureBytes.ofCapture(path), true);
    }

    /** The next record, or null when there is none (yet). */
    public @Nullable CaptureRecord next() throws IOException {
        RawRecord raw;
        while ((raw = nextRaw()) != null) {
            CaptureRecord record = raw.record();
            if (record != null) {
                return record;
            }
            unknownRecords++;
        }
        return null;
    }

    /** Of the record that {@link #next()} gave last. */
    public RecordPlace place() {
        return place;
    }

    /** The next record of any type, also of one that is not known. */
    @Nullable
    RawRecord nextRaw() throws IOException {
        while (true) {
            GroupRecords records = group;
            RawRecord raw;
            while (records != null && (raw = records.next()) != null) {
                if (raw.record() != null && run != null) {
                    run.recordRead(raw.record());
                }
                if (!groupIsCopy) {
                    place = new RecordPlace(raw.group().number(), raw.number());
                    return raw;
                }
            }
            group = null;
            if (!nextGroup()) {
                return null;
            }
        }
    }

    /** What one look at the place where the reader is came to. */
    private enum Step {
        LOADED,
        /** Something was passed over. */
        LOOK_AGAIN, END
    }

    /** Loads the next group; false when there is none that is whole. */
    private boolean nextGroup() throws IOException {
        tail = null;
        Step step = look();
        while (step == Step.LOOK_AGAIN) {
            step = look();
        }
        return step == Step.LOADED;
    }

    private Step look() throws IOException {
        long left = file.size() - position;
        if (left < 0) {
            throw file.becameShorter();
        }
        if (left < 8) {
            return left == 0 ? Step.END : cut(left, "the file ends inside a frame header");
        }
        return switch (file.read(position, 8).getIntLE(0)) {
            case GroupHeader.MAGIC -> loadGroup(left);
            case FileIndex.MAGIC -> readIndex(left);
            default -> resync("no frame of this format begins here");
        };
    }

    private Step loadGroup(long left) throws IOException {
        if (left < GroupHeader.BYTES) {
            return cut(left, "the file ends inside a group header");
        }
        ByteBuf bytes = file.read(position, GroupHeader.BYTES);
        if (!GroupHeader.isIntact(bytes)) {
            return resync("a group header's checksum does not fit");
        }
        GroupHeader h = GroupHeader.decode(bytes);
        long end = position + GroupHeader.BYTES + h.compressedBytes();
        if (end > file.size()) {
            end = search.endOfCutGroup(position, file.size());
            if (end == file.size() && !salvage) {
                return cut(left, GroupFrame.tooShort(h, left - GroupHeader.BYTES));
            }
        }
        if (!follows(h, GroupHeader.version(bytes), end)) {
            position = end;
            return Step.LOOK_AGAIN;
        }
        open(h, end);
        return Step.LOADED;
    }

    private void open(GroupHeader h, long upTo) throws IOException {
        long end = upTo;
        byte[] frame = file.read(position + GroupHeader.BYTES, (int) (end - position - GroupHeader.BYTES)).array();
        GroupFrame content = GroupFrame.open(h, frame);
        if (content.problem() != null && frame.length == h.compressedBytes()) {
            end = search.endOfCutGroup(position, end);
            if (end < upTo) {
                content = GroupFrame.open(h, Arrays.copyOf(frame, (int) (end - position - GroupHeader.BYTES)));
            }
        }
        give(h, content, end);
    }

    private void give(GroupHeader h, GroupFrame content, long end) {
        groupIsCopy = joined.wasRead(h.fileId(), h.number());
        joined.read(h.fileId(), h.number());
        group = new GroupRecords(h, content, this::recordDamage);
        groupOffset = position;
        groupBytes = end - position;
        position = end;
        compressed += groupBytes;
        uncompressed += h.uncompressedBytes();
    }

    private void recordDamage(int record, boolean loses, String why) {
        int number = group == null ? -1 : group.header().number();
        boolean costs = loses && !groupIsCopy;
        damages.add(Damage.in(run, Damage.Kind.CHECKSUM, groupOffset, groupBytes, number, record, costs, why));
    }

    /** Whether the group is to be read: one of another version, or one that stands in the wrong place, is not. */
    private boolean follows(GroupHeader h, int version, long end) throws IOException {
        boolean copy = joined.wasRead(h.fileId(), h.number());
        if (version != GroupHeader.VERSION) {
            lost(end - position, h.number(), !copy, "group " + h.number() + " is of format version " + version);
            return false;
        }
        CaptureRun now = run;
        if (now == null || now.endsBefore(h)) {
            if (now != null && !now.isClosed()) {
                lost(0, now.nextGroup(), !now.closeSeen(), "the capture before this place was not closed, and another"
                        + " was joined to it");
            }
            now = begin(h);
        } else if (h.number() < now.nextGroup() || isStray(now, h, end)) {
            lost(end - position, h.number(), false,
                    "group " + h.number() + " stands where group " + now.nextGroup() + " belongs");
            return false;
        } else if (now.closeSeen()) {
            lost(0, h.number(), false, "a group stands after the close record");
        }
        if (h.number() > now.nextGroup() && !damages.toldLossBefore(position)) {
            lost(0, now.nextGroup(), !joined.wasRead(h.fileId(), now.nextGroup()),
                    "group " + now.nextGroup() + " is missing, group " + h.number() + " stands here");
        }
        now.groupRead(h.number());
        return true;
    }

    /** A group too early: the one that belongs here stands behind it. */
    private boolean isStray(CaptureRun now, GroupHeader h, long end) throws IOException {
        if (h.number() == now.nextGroup() || end + GroupHeader.BYTES > file.size()) {
            return false;
        }
        ByteBuf next = file.read(end, GroupHeader.BYTES);
        return GroupHeader.isIntact(next) && now.canGoOnWith(GroupHeader.decode(next));
    }

    private CaptureRun begin(GroupHeader h) {
        GroupEntry from = sought;
        sought = null;
        CaptureRun begun = from == null
                ? new CaptureRun(position, h.fileId(), 0, CaptureWriter.NO_SNAPSHOT)
                : new CaptureRun(CaptureRun.UNKNOWN_BEGIN, h.fileId(), h.number(),
                        Math.max(-1, from.firstSnapshot() - 1));
        if (from != null) {
            joined.beginAt(h.fileId(), h.number());
        }
        run = begun;
        if (!joined.knows(h.fileId())) {
            lost(0, h.number(), false, "more than " + JoinedCaptures.MAX_KNOWN
                    + " captures are joined here: whether one is a copy of another is no longer known");
        }
        return begun;
    }

    private Step readIndex(long left) throws IOException {
        long size = 8 + file.read(position, 8).getUnsignedIntLE(4);
        if (size > FileIndex.bytes(FileIndex.MAX_GROUPS)) {
            return resync("the index states " + size + " bytes");
        }
        if (size > left) {
            return file.findHeader(position + 8) < 0
                    ? cut(left, "the file ends inside its index")
                    : resync("the index states " + size + " bytes, " + left + " are left");
        }
        CaptureRun now = run;
        long end = position + size;
        if (now == null || now.indexSeen()) {
            lost(size, now == null ? 0 : now.nextGroup(), false, "an index stands where no capture ends");
        } else {
            if (!FileIndex.isOf(now, file, position, (int) size)) {
                long other = file.findHeader(position + 8, Math.min(file.size(), end + GroupHeader.BYTES - 1));
                end = other < 0 ? end : other;
                damages.add(Damage.in(now, Damage.Kind.CHECKSUM, position, end - position, now.nextGroup(),
                        Damage.NO_RECORD, false, "the index does not fit the file"));
            }
            now.indexRead();
        }
        position = end;
        return Step.LOOK_AGAIN;
    }

    private Step cut(long left, String why) {
        CaptureRun now = run;
        boolean loses = now == null || !now.closeSeen();
        int number = now == null ? 0 : now.nextGroup();
        tail = Damage.in(now, Damage.Kind.CUT, position, left, number, Damage.NO_RECORD, loses, why);
        return Step.END;
    }

    /** Goes on at a frame whose header is broken, or at the next intact header. */
    private Step resync(String why) throws IOException {
        CaptureRun now = run;
        long found = search.nextHeader(position + 1);
        GroupSearch.Headless headless = search.behindBrokenHeader(position, now, found);
        if (headless != null) {
            long end = position + GroupHeader.BYTES + headless.frame().compressedBytes();
            follows(headless.header(), GroupHeader.VERSION, end);
            give(headless.header(), headless.frame(), end);
            return Step.LOADED;
        }
        long to = found < 0 ? file.size() : found;
        boolean loses = now == null || !now.closeSeen();
        if (found >= 0) {
            GroupHeader next = GroupHeader.decode(file.read(found, GroupHeader.BYTES));
            loses = now == null ? next.number() > 0 : !now.canGoOnWith(next);
        }
        lost(to - position, now == null ? 0 : now.nextGroup(), loses,
                why + (found < 0 ? ", and no group follows" : ", the next group begins at byte " + found));
        position = to;
        return found >= 0 ? Step.LOOK_AGAIN : Step.END;
    }

    private void lost(long bytes, int number, boolean loses, String why) {
        damages.add(Damage.in(run, Damage.Kind.LOST, position, bytes, number, Damage.NO_RECORD, loses, why));
    }

    /**
     * Groups by the index, or by a scan of the headers where there is none. Does not move the reader.
     */
    public List<GroupEntry> groups() throws IOException {
        return GroupScan.of(file);
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
        sought = entry;
        run = null;
        group = null;
    }

    /** Of what {@link #next()} has come to. */
    public Ending ending() {
        if (tail != null) {
            return Ending.CUT;
        }
        return run != null && run.isClosed() ? Ending.CLOSED : Ending.NOT_CLOSED;
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

    /** Takes each damage as it is met, a cut end aside. */
    void tellDamages(Consumer<Damage> listener) {
        damages.tell(listener);
    }

    /** Where a file ends that was {@link Ending#NOT_CLOSED}, and what is missing there. */
    public Damage unclosed() {
        boolean closed = run != null && run.closeSeen();
        String why = closed
                ? "the index is missing"
                : "not closed: the recording still runs or was ended by force; it reads back up to here";
        int number = run == null ? 0 : run.nextGroup();
        return Damage.in(run, Damage.Kind.CUT, position, 0, number, Damage.NO_RECORD, !closed, why);
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

    public Path path() {
        return file.path();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
