package dev.sockreel.capture;

import dev.sockreel.capture.chain.ChainReader;
import dev.sockreel.capture.chain.DumpContent;
import dev.sockreel.capture.order.RecordPlace;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.series.SeriesTooLargeException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final GroupWalk walk;
    private RecordPlace place = RecordPlace.NONE;
    private long unknownRecords;
    private long unreadable;
    /** Whether the file was left before its end, which was seen to be there. */
    private boolean leftClosed;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private final ChainLoader loader;
    private final ChainReader chain;

    private CaptureReader(CaptureBytes file, boolean salvage, boolean views) {
        this.file = file;
        this.loader = new ChainLoader(file, () -> order);
        this.chain = new ChainReader(loader, views);
        this.walk = new GroupWalk(file, salvage, new GroupWalk.Listener() {
            @Override
            public void saw(long offset, GroupHeader header) {
                loader.saw(offset, header);
            }

            @Override
            public void loss() {
                chain.loss();
            }
        });
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
     * Returns the next record, or null when there is none (yet). Predicted records are returned as they were before
     * they were written; the place of each is that of the {@link Delta} it stands in.
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
        CaptureRun run = walk.run();
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
        unreadable++;
        walk.unreadable("snapshot " + snapshot + " cannot be read: " + why.getMessage());
    }

    /**
     * Reads the records that a part of a predicted snapshot stands for, and drops them.
     *
     * @return false if they cannot be read, which is damage
     */
    boolean canExpand(Delta part) throws IOException {
        long before = unreadable;
        expand(part);
        while (nextPredicted() != null) {
            // only whether it works is asked
        }
        return unreadable == before;
    }

    /** Returns which of {@link GroupHeader#LASTING_FLAGS} the records set that were read of the group. */
    int lastingFlags() {
        CaptureRun run = walk.run();
        return run == null ? 0 : run.lastingFlags();
    }

    /** Returns the id of the file that the last record was recorded into; 0 before the first record. */
    public long fileId() {
        CaptureRun run = walk.run();
        return run == null ? 0 : run.fileId();
    }

    /** Returns the place of the record that {@link #next()} returned last. */
    public RecordPlace place() {
        return place;
    }

    /** Returns the next record, unknown types included; null when there is none (yet). */
    @Nullable
    RawRecord nextRaw() throws IOException {
        RawRecord raw;
        while ((raw = walk.next()) != null) {
            if (!walk.isCopy()) {
                place = new RecordPlace(raw.group().number(), raw.number());
                note(raw.record(), raw.group());
                return raw;
            }
            checkCopy(raw.record());
        }
        return null;
    }

    /** Checks the predicted records of a group that was read before. */
    private void checkCopy(@Nullable CaptureRecord record) throws IOException {
        if (record instanceof Delta part) {
            canExpand(part);
        }
    }

    /**
     * Reports records that were read, but are more than a limit of the format or of this host's memory allows.
     *
     * @param why one clause on what is passed over
     */
    public void passedOver(String why) {
        walk.passedOver(why);
    }

    /**
     * Returns the file's groups as their headers state them. Does not move the reader.
     */
    public List<GroupEntry> groups() throws IOException {
        return GroupSearch.groups(file);
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
     * Returns the file's groups, so that some can be gone to without reading the others; null where all are to be read
     * in their order. Does not move the reader.
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
        if (list.isClosed()) {
            walk.takeIndex();
        }
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
        walk.seek(entry);
        chain.leave();
    }

    /** Returns the state of the file's end; meaningful once {@link #next()} has returned null. */
    public Ending ending() {
        if (walk.tail() != null) {
            return Ending.CUT;
        }
        CaptureRun run = walk.run();
        return leftClosed || run != null && run.isClosed() ? Ending.CLOSED : Ending.NOT_CLOSED;
    }

    /** Returns whether the group read last had been read before, from another place in the file. */
    boolean endsWithCopy() {
        return walk.isCopy();
    }

    /** Returns the damage found so far, in the order it was found; a cut end comes last. */
    public List<Damage> damages() {
        List<Damage> all = new ArrayList<>(walk.damages().kept());
        Damage tail = walk.tail();
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
        return walk.damages().kept();
    }

    /** Returns the number of damaged places found so far, a cut end not included. */
    public int damageCount() {
        return walk.damages().count();
    }

    /** Sets the listener that receives each damage as it is found, a cut end not included. */
    void onDamage(Consumer<Damage> listener) {
        walk.damages().onDamage(listener);
    }

    /** Describes the end of a file that is {@link Ending#NOT_CLOSED}, and what is missing there. */
    public Damage unclosed() {
        CaptureRun run = walk.run();
        boolean closed = run != null && run.closeSeen();
        return Damage.in(run, Damage.Kind.CUT, walk.position(), 0, run == null ? 0 : run.nextGroup(), Damage.NO_RECORD,
                !closed, closed ? "the index is missing"
                        : "not closed: the recording is still running or was killed; the file can be read up to here");
    }

    /** Returns true when the file was closed, was read to its end, and has no damage. */
    public boolean isWhole() {
        return ending() == Ending.CLOSED && walk.damages().count() == 0;
    }

    /** The number of records whose type this version does not know. */
    public long unknownRecords() {
        return unknownRecords;
    }

    /** The size of the groups read so far as stored, headers included, bytes. */
    public long compressedBytes() {
        return walk.compressedBytes();
    }

    /** The uncompressed size of the groups read so far, as their headers state it, bytes. */
    public long uncompressedBytes() {
        return walk.uncompressedBytes();
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
