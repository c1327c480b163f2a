package dev.sockreel.capture;

import dev.sockreel.capture.chain.ChainReader;
import dev.sockreel.capture.chain.DumpContent;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.series.SeriesTooLargeException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture file record by record. No length is trusted: a group is read only when the file is long enough to
 * hold it, and decompressed into the at most 4 MiB that its header may state. Damaged places are skipped and listed
 * by {@link #damages()}; records of unknown types are skipped and counted. A file may hold several captures, one after
 * the other; a group that was read before is checked, but its records are not returned again.
 *
 * <p>At the end {@link #next()} returns null and {@link #ending()} says how the file ends. To follow a file that still
 * grows, call {@link #next()} again later. Memory: one group; records may hold slices of it.
 */
public final class CaptureReader implements AutoCloseable {
    /** The version of the file format that is written and read. */
    public static final int FORMAT_VERSION = GroupHeader.VERSION;

    /** The state of the file's end, as far as the file has been read. */
    public enum Ending {
        /** The file was closed: close record and index are present, and nothing follows them. */
        CLOSED,
        /** The file ends after a whole group without a close record: the recorder still runs, or was killed. */
        NOT_CLOSED,
        /** The file ends inside a header, frame or index: the recorder was killed, or the file was cut. */
        CUT
    }

    private final CaptureBytes file;
    private final boolean salvage;
    private final DamageLog damages = new DamageLog();
    private final JoinedCaptures joined = new JoinedCaptures();
    private final GroupSearch search;
    private long position;
    private @Nullable GroupEntry seekTarget;
    private @Nullable CaptureRun run;
    private @Nullable GroupRecords group;
    private long groupOffset;
    private long groupBytes;
    private boolean groupIsCopy;
    private int recordNumber;
    private RecordPlace place = RecordPlace.NONE;
    private @Nullable Damage tail;
    private long unknownRecords;
    private long compressed;
    private long uncompressed;
    private boolean incompleteNoted;
    /** Whether the file was left before its end, which was seen to be there. */
    private boolean leftClosed;
    /** Whether the index was taken for a hint, so that it is not compared with all groups. */
    private boolean indexTaken;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private final ChainLoader loader;
    private final ChainReader chain;

    private CaptureReader(CaptureBytes file, boolean salvage, boolean views) {
        this.file = file;
        this.salvage = salvage;
        this.search = new GroupSearch(file);
        this.loader = new ChainLoader(file, () -> order);
        this.chain = new ChainReader(loader, views);
    }

    /**
     * Opens a capture for reading from its first group.
     *
     * @throws NotACaptureException when there is no group header in the file
     * @throws IOException          when it cannot be read
     */
    public static CaptureReader open(Path path) throws IOException {
        return new CaptureReader(CaptureBytes.ofCapture(path), false, false);
    }

    /**
     * Opens a capture whose dumps are to be compared: each is kept as messages and changes until its DumpEnd or the
     * snapshot's end was returned, for {@link #takeContent}. Predicted datagrams are not returned as records.
     */
    public static CaptureReader openWithViews(Path path) throws IOException {
        return new CaptureReader(CaptureBytes.ofCapture(path), false, true);
    }

    /** Returns what a dump brought, once; null when it is not kept or cannot be read. */
    public @Nullable DumpContent takeContent(int dump) {
        return chain.take(dump);
    }

    /** Opens a file that no longer grows; records of a last group that is cut off are read as well. */
    static CaptureReader openToSalvage(Path path) throws IOException {
        return new CaptureReader(CaptureBytes.ofCapture(path), true, false);
    }

    /**
     * Returns the next record, or null when there is none (yet). Predicted records are returned as they were before they
     * were written; the place of each is that of the {@link Delta} it stands in.
     */
    public @Nullable CaptureRecord next() throws IOException {
        while (true) {
            CaptureRecord predicted = nextPredicted();
            if (predicted != null) {
                return predicted;
            }
            RawRecord raw = nextRaw();
            if (raw == null) {
                return null;
            }
            switch (raw.record()) {
                case null -> unknownRecords++;
                case Delta d -> expand(d);
                case CaptureRecord record -> {
                    return record;
                }
            }
        }
    }

    private @Nullable CaptureRecord nextPredicted() {
        try {
            CaptureRecord record;
            while ((record = chain.next()) != null) {
                if (run != null && record instanceof DumpEnd e) {
                    run.took(e.dump(), chain.datagrams(e.dump()));
                }
                if (run == null || run.takes(record)) {
                    return record;
                }
            }
            if (run != null) {
                for (int dump : chain.takeUnended()) {
                    run.took(dump, chain.datagrams(dump));
                }
            }
        } catch (BadColumnsException e) {
            unpredictable(run == null ? -1 : run.snapshot(), e);
        }
        return null;
    }

    private void expand(Delta part) throws IOException {
        try {
            chain.take(part, fileId());
        } catch (BadColumnsException e) {
            unpredictable(part.snapshot(), e);
        }
    }

    /** Notes what matters for predicted records. */
    private void note(@Nullable CaptureRecord record, GroupHeader in) {
        if (record == null) {
            return;
        }
        try {
            if (record instanceof SnapshotBegin begin) {
                chain.begin(begin, in.has(GroupHeader.KEY), in.has(GroupHeader.MIDDLE_KEY | GroupHeader.STEP),
                        in.fileId(), order, ChainLoader.maxBytes());
            } else {
                chain.learn(record);
            }
        } catch (SeriesTooLargeException e) {
            passedOver(ChainLoader.tooLarge());
        }
        if (record instanceof CaptureHeader h) {
            order = h.orderOrLittleEndian();
        }
    }

    /** Reports a predicted snapshot that cannot be read, once. */
    private void unpredictable(int snapshot, BadColumnsException why) {
        int number = group == null ? -1 : group.header().number();
        damages.add(Damage.in(run, Damage.Kind.LOST, groupOffset, 0, number, recordNumber, !groupIsCopy,
                "snapshot " + snapshot + " cannot be read: " + why.getMessage()));
        if (run != null) {
            run.damage(true);
        }
    }

    /**
     * Reads the records that a part of a predicted snapshot stands for, and drops them.
     *
     * @return false if they cannot be read, which is damage
     */
    boolean canExpand(Delta part) throws IOException {
        int before = damages.count();
        expand(part);
        while (nextPredicted() != null) {
            // only whether it works is asked
        }
        return damages.count() == before;
    }

    /** Returns which of {@link GroupHeader#LASTING_FLAGS} the records set that were read of the group. */
    int lastingFlags() {
        return run == null ? 0 : run.lastingFlags();
    }

    /** Returns the id of the file that the last record was recorded into; 0 before the first record. */
    public long fileId() {
        return run == null ? 0 : run.fileId();
    }

    /** Returns the place of the record that {@link #next()} returned last. */
    public RecordPlace place() {
        return place;
    }

    /** Returns the next record, unknown types included; null when there is none (yet). */
    @Nullable
    RawRecord nextRaw() throws IOException {
        while (true) {
            GroupRecords records = group;
            RawRecord raw;
            while (records != null && (raw = records.next()) != null) {
                recordNumber = raw.number();
                if (run != null && !run.takes(raw.record())) {
                    continue;
                }
                if (!groupIsCopy) {
                    place = new RecordPlace(raw.group().number(), raw.number());
                    note(raw.record(), raw.group());
                    return raw;
                }
                checkCopy(raw.record());
            }
            if (records != null) {
                endGroup(records);
            }
            group = null;
            if (!nextGroup()) {
                return null;
            }
        }
    }

    /** Checks the predicted records of a group that was read before. */
    private void checkCopy(@Nullable CaptureRecord record) throws IOException {
        if (record instanceof Delta part) {
            canExpand(part);
        }
    }

    private void endGroup(GroupRecords records) {
        String why = run == null ? null : run.endGroup(records.header(), records.isWhole());
        if (why != null) {
            damages.add(Damage.in(run, Damage.Kind.CONTRADICTION, groupOffset, GroupHeader.BYTES,
                    records.header().number(), Damage.NO_RECORD, false, why));
        }
    }

    /** Reports a record whose checksum is right, but which contradicts those before it. */
    private void contradiction(boolean loses, String why) {
        int number = group == null ? -1 : group.header().number();
        damages.add(Damage.in(run, Damage.Kind.CONTRADICTION, groupOffset, groupBytes, number, recordNumber,
                loses && !groupIsCopy, why));
    }

    /** The outcome of examining the current position. */
    private enum Step {
        LOADED,
        /** Something was skipped; the new position is to be examined. */
        LOOK_AGAIN,
        END
    }

    /** Loads the next group; returns false when no whole group is left. */
    private boolean nextGroup() throws IOException {
        tail = null;
        Step step = look();
        while (step == Step.LOOK_AGAIN) {
            step = look();
        }
        if (step == Step.END) {
            noteIncomplete();
        }
        return step == Step.LOADED;
    }

    /** Reports once that what was given could not be unpacked to its end. */
    private void noteIncomplete() throws IOException {
        String why = file.incomplete();
        if (why != null && !incompleteNoted) {
            incompleteNoted = true;
            boolean loses = run == null || !run.closeSeen();
            damages.add(Damage.in(run, Damage.Kind.CUT, file.size(), 0, run == null ? 0 : run.nextGroup(),
                    Damage.NO_RECORD, loses, why));
            if (run != null) {
                run.damage(loses);
            }
        }
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
            default -> resync("no group or index begins here");
        };
    }

    private Step loadGroup(long left) throws IOException {
        if (left < GroupHeader.BYTES) {
            return cut(left, "the file ends inside a group header");
        }
        ByteBuf bytes = file.read(position, GroupHeader.BYTES);
        if (!GroupHeader.isIntact(bytes)) {
            return resync("wrong checksum in a group header");
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
        if (h.isTooDense()) {
            passOverDense(h, end);
            return Step.LOOK_AGAIN;
        }
        open(h, end);
        return Step.LOADED;
    }

    /** Passes over a group that states too much content, and over those directly after it, as one place. */
    private void passOverDense(GroupHeader first, long endOfFirst) throws IOException {
        boolean copy = joined.wasRead(first.fileId(), first.number());
        long end = endOfFirst;
        int last = first.number();
        GroupHeader next;
        while ((next = headerAt(end)) != null && next.isTooDense() && next.fileId() == first.fileId()
                && next.number() == last + 1 && end + GroupHeader.BYTES + next.compressedBytes() <= file.size()) {
            end += GroupHeader.BYTES + next.compressedBytes();
            last++;
        }
        if (run != null) {
            run.groupRead(last);
        }
        String which =
                "group " + first.number() + " states " + first.uncompressedBytes() + " bytes of content in a frame"
                        + " of " + first.compressedBytes() + ", which may hold at most "
                        + GroupHeader.maxContent(first.compressedBytes());
        lost(end - position, first.number(), !copy,
                last == first.number() ? which : which + "; likewise all groups to " + last);
        position = end;
    }

    /** Returns the group header that stands there; null for none. */
    private @Nullable GroupHeader headerAt(long at) throws IOException {
        if (at + GroupHeader.BYTES > file.size()) {
            return null;
        }
        ByteBuf bytes = file.read(at, GroupHeader.BYTES);
        return GroupHeader.isIntact(bytes) && GroupHeader.version(bytes) == GroupHeader.VERSION
                ? GroupHeader.decode(bytes) : null;
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
        loader.saw(position, h);
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
        damaged(loses);
    }

    private void damaged(boolean loses) {
        if (run != null) {
            run.damage(loses);
            if (loses) {
                chain.loss();
            }
        }
    }

    /** Returns whether the group is to be read: not if its version is unknown or it stands in the wrong place. */
    private boolean follows(GroupHeader h, int version, long end) throws IOException {
        boolean copy = joined.wasRead(h.fileId(), h.number());
        if (version != GroupHeader.VERSION) {
            lost(end - position, h.number(), !copy, "group " + h.number() + " has format version " + version);
            return false;
        }
        CaptureRun now = run;
        if (now == null || now.endsBefore(h)) {
            if (now != null && !now.isClosed()) {
                lost(0, now.nextGroup(), !now.closeSeen(), "the previous capture was not closed, and another was joined"
                        + " to it");
            }
            now = begin(h);
        } else if (h.number() < now.nextGroup() || isStray(now, h, end)) {
            lost(end - position, h.number(), false,
                    "found group " + h.number() + " where group " + now.nextGroup() + " was expected");
            return false;
        } else if (now.closeSeen()) {
            lost(0, h.number(), false, "a group follows the close record");
        }
        if (h.number() > now.nextGroup() && !damages.reportedLossBefore(position)) {
            lost(0, now.nextGroup(), !joined.wasRead(h.fileId(), now.nextGroup()),
                    "group " + now.nextGroup() + " is missing; found group " + h.number());
        }
        now.groupRead(h.number());
        return true;
    }

    /** Returns true for a group that stands too early: the one that belongs here follows it. */
    private boolean isStray(CaptureRun now, GroupHeader h, long end) throws IOException {
        if (h.number() == now.nextGroup() || end + GroupHeader.BYTES > file.size()) {
            return false;
        }
        ByteBuf next = file.read(end, GroupHeader.BYTES);
        return GroupHeader.isIntact(next) && now.canContinueWith(GroupHeader.decode(next));
    }

    private CaptureRun begin(GroupHeader h) {
        GroupEntry from = seekTarget;
        seekTarget = null;
        CaptureRun begun = from == null
                ? new CaptureRun(position, h.fileId(), 0, CaptureWriter.NO_SNAPSHOT, h.number() == 0,
                        this::contradiction)
                : new CaptureRun(CaptureRun.UNKNOWN_BEGIN, h.fileId(), h.number(),
                        Math.max(-1, from.firstSnapshot() - 1), h.number() == 0, this::contradiction);
        run = begun;
        if (from != null) {
            joined.beginAt(h.fileId(), h.number());
            if (!from.equals(GroupEntry.of(position, h))) {
                lost(0, h.number(), false, "another group stands here than the index or an earlier look says");
            }
        }
        if (!joined.knows(h.fileId())) {
            lost(0, h.number(), false, "more than " + JoinedCaptures.MAX_KNOWN
                    + " captures are joined; copies of this one are not recognized");
        }
        return begun;
    }

    private Step readIndex(long left) throws IOException {
        long size = 8 + file.read(position, 8).getUnsignedIntLE(4);
        if (size > FileIndex.bytes(FileIndex.MAX_GROUPS)) {
            return resync("the index has an impossible size, " + size + " bytes");
        }
        if (size > left) {
            return file.findHeader(position + 8) < 0
                    ? cut(left, "the file ends inside its index")
                    : resync("the index should have " + size + " bytes, but only " + left + " are left");
        }
        CaptureRun now = run;
        long end = position + size;
        if (now == null || now.indexSeen()) {
            lost(size, now == null ? 0 : now.nextGroup(), false, "unexpected index: no capture ends here");
        } else {
            IndexCheck check = IndexCheck.of(now, file, position, (int) size);
            if (!check.isIntact()) {
                long other = file.findHeader(position + 8, Math.min(file.size(), end + GroupHeader.BYTES - 1));
                end = other < 0 ? end : other;
                damages.add(Damage.in(now, Damage.Kind.CHECKSUM, position, end - position, now.nextGroup(),
                        Damage.NO_RECORD, false, "the index does not match the file"));
            }
            String why = now.isDamaged() || indexTaken ? null : check.contradiction();
            if (why != null) {
                damages.add(Damage.in(now, Damage.Kind.CONTRADICTION, position, size, now.nextGroup(),
                        Damage.NO_RECORD, false, why));
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

    /** Resumes at a frame whose header is broken, or at the next intact header. */
    private Step resync(String why) throws IOException {
        CaptureRun now = run;
        long found = search.nextHeader(position + 1);
        GroupSearch.Headless headless = search.afterBrokenHeader(position, now, found);
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
            loses = now == null ? next.number() > 0 : !now.canContinueWith(next);
        }
        lost(to - position, now == null ? 0 : now.nextGroup(), loses,
                why + (found < 0 ? "; no group follows" : "; the next group begins at byte " + found));
        position = to;
        return found >= 0 ? Step.LOOK_AGAIN : Step.END;
    }

    private void lost(long bytes, int number, boolean loses, String why) {
        damages.add(Damage.in(run, Damage.Kind.LOST, position, bytes, number, Damage.NO_RECORD, loses, why));
        damaged(loses);
    }

    /**
     * Reports records that were read, but are more than a limit of the format or of this host's memory allows.
     *
     * @param why one clause on what is passed over
     */
    public void passedOver(String why) {
        int number = group == null ? 0 : group.header().number();
        damages.add(Damage.in(run, Damage.Kind.LIMIT, groupOffset, groupBytes, number, Damage.NO_RECORD, true, why));
    }

    /**
     * Returns the file's groups as their headers state them. Does not move the reader.
     */
    public List<GroupEntry> groups() throws IOException {
        return GroupScan.of(file);
    }

    /**
     * Makes {@link #next()} continue with the group in which a snapshot begins. The group may hold earlier records
     * before the SnapshotBegin. Header and host evidence are not repeated: read those of group 0 first.
     *
     * @return false when no group lists that snapshot
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

    /**
     * Returns the file's groups, so that some can be gone to without reading the others; null where all are to be read in
     * their order. Does not move the reader.
     */
    public @Nullable GroupList list() throws IOException {
        return GroupList.of(file);
    }

    /**
     * Begins to read only some groups: the list is taken as it is, and not compared with all headers.
     *
     * @param header of the capture, which does not have to be read again
     */
    public void readSome(GroupList list, CaptureHeader header) {
        loader.know(list.groups());
        indexTaken = list.isClosed();
        order = header.orderOrLittleEndian();
    }

    /** Returns when the last snapshot ended; unknown where its end is missing. Does not move the reader. */
    public ReceiveTime lastEnd(GroupList list) throws IOException {
        ReceiveTime end = ReceiveTime.NONE;
        for (GroupEntry g : list.ofLastSnapshot()) {
            GroupRecords records = loader.open(g);
            RawRecord raw;
            while (records != null && (raw = records.next()) != null) {
                end = raw.record() instanceof SnapshotEnd e && e.snapshot() == g.firstSnapshot() ? e.time() : end;
            }
        }
        return end;
    }

    /**
     * Ends the reading of a file of which only some groups were read: its end is as the list says, or as its last
     * snapshot shows, which is read.
     */
    public void leave(GroupList list) throws IOException {
        if (list.isClosed()) {
            leftClosed = true;
            return;
        }
        seek(list.ofLastSnapshot().getFirst());
        while (next() != null) {
            // the state of the end is asked for
        }
    }

    /** Makes {@link #next()} continue with this group. */
    public void seek(GroupEntry entry) {
        position = entry.offset();
        seekTarget = entry;
        run = null;
        group = null;
        chain.leave();
    }

    /** Returns the state of the file's end; meaningful once {@link #next()} has returned null. */
    public Ending ending() {
        if (tail != null) {
            return Ending.CUT;
        }
        return leftClosed || run != null && run.isClosed() ? Ending.CLOSED : Ending.NOT_CLOSED;
    }

    /** Returns whether the group read last had been read before, from another place in the file. */
    boolean endsWithCopy() {
        return groupIsCopy;
    }

    /** Returns the damage found so far, in the order it was found; a cut end comes last. */
    public List<Damage> damages() {
        List<Damage> all = new ArrayList<>(damages.kept());
        if (tail != null) {
            all.add(tail);
        }
        return all;
    }

    /**
     * Returns a view of the damage found so far, a cut end not included, which only grows, at its end. Of more damage
     * than that list may hold, only {@link #damageCount()} is known.
     */
    public List<Damage> listedDamages() {
        return damages.kept();
    }

    /** Returns the number of damaged places found so far, a cut end not included. */
    public int damageCount() {
        return damages.count();
    }

    /** Sets the listener that receives each damage as it is found, a cut end not included. */
    void onDamage(Consumer<Damage> listener) {
        damages.onDamage(listener);
    }

    /** Describes the end of a file that is {@link Ending#NOT_CLOSED}, and what is missing there. */
    public Damage unclosed() {
        boolean closed = run != null && run.closeSeen();
        String why = closed
                ? "the index is missing"
                : "not closed: the recording is still running or was killed; the file can be read up to here";
        int number = run == null ? 0 : run.nextGroup();
        return Damage.in(run, Damage.Kind.CUT, position, 0, number, Damage.NO_RECORD, !closed, why);
    }

    /** Returns true when the file was closed, was read to its end, and has no damage. */
    public boolean isWhole() {
        return ending() == Ending.CLOSED && damages.count() == 0;
    }

    /** The number of records whose type this version does not know. */
    public long unknownRecords() {
        return unknownRecords;
    }

    /** The size of the groups read so far as stored, headers included, bytes. */
    public long compressedBytes() {
        return compressed;
    }

    /** The uncompressed size of the groups read so far, as their headers state it, bytes. */
    public long uncompressedBytes() {
        return uncompressed;
    }

    /** Returns the path as it was given; {@code -} for standard input. */
    public Path path() {
        return file.path();
    }

    /** Returns the size of the file as it was given, bytes: that of a compressed one is before it is unpacked. */
    public long givenBytes() throws IOException {
        return file.givenBytes();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
