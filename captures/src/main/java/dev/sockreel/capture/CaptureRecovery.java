package dev.sockreel.capture;

import dev.sockreel.capture.order.JoinedCaptures;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.output.Output;
import dev.sockreel.output.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the intact records of a damaged file into a new file that is whole: every record whose checksum fits,
 * verbatim, unknown types included. Lost records are not made up: dumps, datagrams and snapshots keep their numbers,
 * and a {@link RecorderNote} marks each place where records are lost, so that no reader takes an incomplete dump for
 * complete. Groups are renumbered. Memory: one group of each file.
 */
public final class CaptureRecovery implements AutoCloseable {
    private final CaptureReader in;
    private final Output to;
    private final Consumer<Loss> lossListener;
    /** Headers by file id, so that a second capture with the same id is not taken for a copy. */
    private final Map<Long, CaptureHeader> written = new HashMap<>();
    private @Nullable WholeFile file;
    private @Nullable CaptureWriter out;
    private long fileId;
    private int group;
    private ReceiveTime end = ReceiveTime.NONE;
    private ReadPlace place = new ReadPlace();
    private Gap gap = new Gap();
    private @Nullable PendingLoss pending;
    private final List<RawRecord> held = new ArrayList<>();
    private long records;
    private int snapshots;
    private boolean lost;

    /**
     * The result of a recovery.
     *
     * @param whole     true if nothing was wrong with the source file
     * @param lost      true if part of the recording is, or may be, missing
     * @param records   number of records copied
     * @param snapshots number of snapshots in the new file, whole or partial
     */
    public record Result(boolean whole, boolean lost, long records, int snapshots) {}

    /** A loss whose end is not known yet. */
    private record PendingLoss(Gap gap, long fromNs, int firstSnapshot, int lastSnapshot) {}

    private CaptureRecovery(CaptureReader in, Output to, Consumer<Loss> lossListener) {
        this.in = in;
        this.to = to;
        this.lossListener = lossListener;
    }

    /** Recovers one file into a new one, which must not exist or be empty. */
    static Result run(Path from, Path to, Consumer<Loss> lossListener) throws IOException {
        return run(from, Output.of(to, false), lossListener);
    }

    /**
     * Recovers one file into another.
     *
     * @param to           the new file, readable by its owner only (0600)
     * @param lossListener receives each gap, in the file's order
     * @throws NotACaptureException when {@code from} holds no intact record
     * @throws IOException          when {@code from} cannot be read or {@code to} not written; nothing is left then
     */
    public static Result run(Path from, Output to, Consumer<Loss> lossListener) throws IOException {
        try (CaptureReader in = CaptureReader.openToSalvage(from);
                CaptureRecovery recovery = new CaptureRecovery(in, to, lossListener)) {
            return recovery.copy();
        }
    }

    private Result copy() throws IOException {
        in.onDamage(damage -> gap.add(damage));
        RawRecord raw;
        while ((raw = in.nextRaw()) != null) {
            if (raw.record() instanceof Delta part) {
                takePart(raw, part);
            } else {
                take(raw);
            }
        }
        boolean whole = in.isWhole();
        if (out == null) {
            throw new NotACaptureException(in.path() + " has no intact record; nothing can be recovered");
        }
        noteEnd();
        endCapture(out);
        Objects.requireNonNull(file).finish();
        reportPending(ReceiveTime.UNKNOWN);
        return new Result(whole, lost, records, snapshots);
    }

    /** Holds the parts of a predicted snapshot until it is known that it can be read. */
    private void takePart(RawRecord raw, Delta part) throws IOException {
        if (part.part() == 0) {
            held.clear();
        }
        held.add(raw);
        if (!in.canExpand(part)) {
            held.clear();
        } else if (part.last()) {
            for (RawRecord each : held) {
                take(each);
            }
            held.clear();
            if (out != null) {
                out.mark(in.lastingFlags()); // also where the header of their group is lost
            }
        }
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
                reportPending(timeNs);
            }
        }
    }

    /** Begins writing the capture that this record opens: the file's first, or one that was joined to it. */
    private CaptureWriter begin(RawRecord first) throws IOException {
        CaptureWriter writer = out;
        if (writer != null) {
            endCapture(writer);
            reportPending(ReceiveTime.UNKNOWN);
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
        RawRecord raw = header.equals(first.record()) ? first : RawRecord.of(header);
        if (writer == null) {
            file = WholeFile.create(to);
            writer = CaptureWriter.into(file, raw, header.fileId());
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

    /** Records that the file was not closed, unless damage that loses records already explains its end. */
    private void noteEnd() throws IOException {
        if (in.ending() == CaptureReader.Ending.CUT) {
            gap.add(in.damages().getLast());
        } else if (in.ending() == CaptureReader.Ending.NOT_CLOSED
                && (gap.isEmpty() || (!gap.loses() && !in.endsWithCopy()))) {
            gap.add(in.unclosed());
        }
    }

    /** Writes the notes that mark records missing before this one. */
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

    /** Begins a snapshot whose own begin is lost, so that its rest is not taken for a part of the one before. */
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

    /** @param snapshot the snapshot that the record belongs to, -1 for none */
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
        reportPending(ReceiveTime.UNKNOWN);
        lost |= gap.loses();
        pending = new PendingLoss(gap, place.timeNs(), firstSnapshot, lastSnapshot);
        gap = new Gap();
    }

    private void reportPending(long toNs) {
        PendingLoss loss = pending;
        pending = null;
        if (loss != null) {
            lossListener.accept(loss.gap().loss(loss.fromNs(), toNs, loss.firstSnapshot(), loss.lastSnapshot()));
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
        if (file != null) {
            file.close();
        }
    }
}
