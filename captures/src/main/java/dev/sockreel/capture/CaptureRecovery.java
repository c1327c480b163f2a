package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is intact of a damaged file into a new one that is whole: every record whose checksum fits, verbatim,
 * also those of types this version does not know. What is missing stays missing: numbers of dumps, datagrams and
 * snapshots are kept as they were, and a {@link RecorderNote} stands where records are lost, so that no reader takes
 * a dump for complete that is not. Groups are numbered anew. Memory: one group of each file.
 */
public final class CaptureRecovery implements AutoCloseable {
    private final CaptureReader in;
    private final Path to;
    private final Consumer<Loss> told;
    /** By file id, so that another one of the same id is not taken for a copy. */
    private final Map<Long, CaptureHeader> written = new HashMap<>();
    private @Nullable CaptureWriter out;
    private long fileId;
    private int group;
    private ReceiveTime end = ReceiveTime.NONE;
    private ReadPlace place = new ReadPlace();
    private Gap gap = new Gap();
    private @Nullable PendingLoss pending;
    private long records;
    private int snapshots;
    private boolean lost;

    /**
     * What came of it.
     *
     * @param whole     nothing was wrong with the file that was read
     * @param lost      something of the recording is, or may be, missing
     * @param records   that were copied
     * @param snapshots that are in the new file, whole or in part
     */
    public record Result(boolean whole, boolean lost, long records, int snapshots) {}

    /** A loss whose end is not known yet. */
    private record PendingLoss(Gap gap, long fromNs, int firstSnapshot, int lastSnapshot) {}

    private CaptureRecovery(CaptureReader in, Path to, Consumer<Loss> told) {
        this.in = in;
        this.to = to;
        this.told = told;
    }

    /**
     * @param to   must not exist, or be empty; is its owner's alone (0600)
     * @param told takes each gap, in the file's order
     * @throws NotACaptureException when {@code from} holds no intact record
     * @throws IOException          when one cannot be read or the other not written; what was written before is whole
     *                              groups
     */
    public static Result run(Path from, Path to, Consumer<Loss> told) throws IOException {
        try (CaptureReader in = CaptureReader.openToSalvage(from);
                CaptureRecovery recovery = new CaptureRecovery(in, to, told)) {
            return recovery.copy();
        }
    }

    private Result copy() throws IOException {
        in.tellDamages(damage -> gap.add(damage));
        RawRecord raw;
        while ((raw = in.nextRaw()) != null) {
            take(raw);
        }
        boolean whole = in.isWhole();
        if (out == null) {
            throw new NotACaptureException(in.path() + " holds no intact record: there is nothing to recover");
        }
        noteEnd();
        endCapture(out);
        tellPending(ReceiveTime.UNKNOWN);
        return new Result(whole, lost, records, snapshots);
    }

    private void take(RawRecord raw) throws IOException {
        CaptureWriter current = out;
        boolean begins = current == null || raw.group().fileId() != fileId;
        CaptureWriter writer = current == null || begins ? begin(raw) : current;
        if (!begins && raw.group().number() != group) {
            writer.endGroup();
        }
        group = raw.group().number();
        mend(raw, writer);
        if (raw.record() instanceof CaptureClose close) {
            end = close.time();
        } else if (!(begins && raw.record() instanceof CaptureHeader)) {
            writer.write(raw);
        }
        records++;
        if (raw.record() != null) {
            long timeNs = place.timeNs(raw.record());
            place.read(raw.record());
            snapshots += raw.record() instanceof SnapshotBegin ? 1 : 0;
            if (timeNs != ReceiveTime.UNKNOWN) {
                tellPending(timeNs);
            }
        }
    }

    /** The first file, or one that was joined to it. */
    private CaptureWriter begin(RawRecord first) throws IOException {
        CaptureWriter writer = out;
        if (writer != null) {
            endCapture(writer);
            tellPending(ReceiveTime.UNKNOWN);
        }
        place = new ReadPlace();
        end = ReceiveTime.NONE;
        fileId = first.group().fileId();
        CaptureHeader before = written.get(fileId);
        CaptureHeader header = first.record() instanceof CaptureHeader h ? h : headerInPlaceOfLost(fileId, before);
        if (before != null || written.size() == JoinedCaptures.MAX_KNOWN) {
            header = new CaptureHeader(
                    UUID.randomUUID(), header.part(), header.created(), header.order(), header.writer());
        } else {
            written.put(fileId, header);
        }
        RawRecord raw = header == first.record() ? first : RawRecord.of(header);
        if (writer == null) {
            writer = CaptureWriter.create(to, raw, header.fileId());
            out = writer;
        } else {
            writer.beginCapture(raw, header.fileId());
        }
        return writer;
    }

    private static CaptureHeader headerInPlaceOfLost(long fileId, @Nullable CaptureHeader before) {
        return before != null
                ? before
                : new CaptureHeader(
                        new UUID(0, fileId), 0, ReceiveTime.NONE, null, "sockreel recover (the header was lost)");
    }

    private void endCapture(CaptureWriter writer) throws IOException {
        if (!gap.isEmpty()) {
            if (gap.loses()) {
                writer.write(gap.note(place.isOpen() ? place.snapshot() : Loss.NONE, place.timeNs()));
            }
            endGap(firstTouched(), gap.loses() ? Loss.TO_THE_END : Loss.NONE);
        }
        writer.finish(end);
    }

    /** Why the file does not end as one that was closed, where no damage says so. */
    private void noteEnd() throws IOException {
        if (in.ending() == CaptureReader.Ending.CUT) {
            gap.add(in.damages().getLast());
        } else if (in.ending() == CaptureReader.Ending.NOT_CLOSED && gap.isEmpty()) {
            gap.add(in.unclosed());
        }
    }

    /** What stands in the new file where records are missing before this one. */
    private void mend(RawRecord next, CaptureWriter writer) throws IOException {
        if (gap.isEmpty()) {
            return;
        }
        int first = firstTouched();
        int snapshot = ReadPlace.snapshotOf(next);
        boolean begins = next.record() instanceof SnapshotBegin;
        boolean goesOn = !begins && snapshot <= place.snapshot();
        int last = lastTouched(next, snapshot);
        if (gap.loses()) {
            if (place.isOpen() || begins || goesOn) {
                writer.write(gap.note(place.isOpen() ? place.snapshot() : Loss.NONE, place.timeNs()));
            }
            if (!begins && !goesOn) {
                beginLost(snapshot, writer);
                writer.write(gap.note(snapshot, place.timeNs()));
            }
        }
        endGap(first, gap.loses() && last >= first ? last : Loss.NONE);
    }

    /** What is left of a snapshot whose begin is lost must not be taken for a part of the one before. */
    private void beginLost(int snapshot, CaptureWriter writer) throws IOException {
        SnapshotBegin begin = new SnapshotBegin(snapshot, ReceiveTime.NONE);
        writer.write(begin);
        place.read(begin);
        snapshots++;
    }

    private int firstTouched() {
        return place.isOpen() || place.snapshot() == CaptureWriter.NO_SNAPSHOT ? place.snapshot()
                : place.snapshot() + 1;
    }

    /** @param snapshot the one that the record is a part of, -1 for none */
    private int lastTouched(RawRecord next, int snapshot) {
        int open = place.isOpen() ? place.snapshot() : Loss.NONE;
        return switch (next.record()) {
            case SnapshotBegin b -> snapshot - 1;
            case CaptureClose c -> Loss.TO_THE_END;
            case null, default ->
                Math.max(open, snapshot == CaptureWriter.NO_SNAPSHOT ? next.group().firstSnapshot() - 1 : snapshot);
        };
    }

    private void endGap(int firstSnapshot, int lastSnapshot) {
        tellPending(ReceiveTime.UNKNOWN);
        lost |= gap.loses();
        pending = new PendingLoss(gap, place.timeNs(), firstSnapshot, lastSnapshot);
        gap = new Gap();
    }

    private void tellPending(long toNs) {
        PendingLoss loss = pending;
        pending = null;
        if (loss != null) {
            told.accept(loss.gap().loss(loss.fromNs(), toNs, loss.firstSnapshot(), loss.lastSnapshot()));
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
