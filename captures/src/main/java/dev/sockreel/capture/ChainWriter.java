package dev.sockreel.capture;

import dev.sockreel.capture.chain.BlockWriter;
import dev.sockreel.capture.chain.ChainState;
import dev.sockreel.capture.chain.KeyPolicy;
import dev.sockreel.capture.chain.SpareColumns;
import dev.sockreel.capture.record.BadRecordException;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.RecordTypes;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.series.SeriesTooLargeException;
import dev.sockreel.zstd.Zstd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes snapshots so that most are what is not predicted from the one before. Every snapshot has groups of its own, so
 * that a killed process loses what it would lose otherwise. Not thread-safe.
 *
 * <p>Memory: the messages of the last snapshot (about 550 bytes a tcp socket), and the key's compressed groups. When
 * that is more than it may take, snapshots are stored as they are.
 */
public final class ChainWriter implements AutoCloseable {
    /** A predicted snapshot of more than one byte for so many of its key's does not pay. */
    private static final double PAYS_BELOW = 0.9;
    /** The part of the heap for messages: as much again is needed while they are put in order. */
    private static final int HEAP_SHARE = 2;
    /** The memory of a snapshot from which on it is worth reclaiming at once, bytes. */
    private static final long MIN_RECLAIMED = 4 << 20;

    private final CaptureWriter out;
    private final ByteOrder order;
    private final long limitBytes;
    private final Runnable reclaim;
    private final KeyPolicy policy;
    private final List<CaptureWriter.WrittenFrame> keyFrames = new ArrayList<>();
    private KeyPolicy.Form form = KeyPolicy.Form.VERBATIM;
    private boolean snapshotOpen;
    /** What the next snapshot is predicted from, null where nothing is. */
    private @Nullable ChainState chain;
    /** Whether that is the key, and not the snapshot before. */
    private boolean isAtKey;
    /** The writer of the open snapshot, null where it is stored as it is. */
    private @Nullable BlockWriter blocks;
    /** What the header of the group has to say of the predicted records, which {@link #out} does not see. */
    private int lasting;
    private final SpareColumns spareColumns = new SpareColumns();
    private int key;
    private long keyBytes;
    private long snapshotFrom;

    /** @param order byte order of the host whose dumps are written */
    public ChainWriter(CaptureWriter out, ByteOrder order) {
        this(out, order, () -> {});
    }

    /**
     * @param order   byte order of the host whose dumps are written
     * @param reclaim runs when the memory of a snapshot is free, before that of another is needed
     */
    public ChainWriter(CaptureWriter out, ByteOrder order, Runnable reclaim) {
        this(out, order, Runtime.getRuntime().maxMemory() / HEAP_SHARE, new KeyPolicy(), reclaim);
    }

    /** @param limitBytes memory that messages may take, about */
    ChainWriter(CaptureWriter out, ByteOrder order, long limitBytes, KeyPolicy policy) {
        this(out, order, limitBytes, policy, () -> {});
    }

    private ChainWriter(CaptureWriter out, ByteOrder order, long limitBytes, KeyPolicy policy, Runnable reclaim) {
        this.reclaim = reclaim;
        this.policy = policy;
        this.out = out;
        this.order = order;
        this.limitBytes = limitBytes;
    }

    /**
     * Appends a record.
     *
     * @throws IOException as of {@link CaptureWriter#write}
     */
    public void write(CaptureRecord record) throws IOException {
        BlockWriter predicted = blocks;
        switch (record) {
            case SnapshotBegin b -> begin(b);
            case SnapshotEnd e -> end(e);
            default -> {
                if (snapshotOpen && predicted != null) {
                    if (predicted.add(record)) {
                        lasting |= GroupContent.lastingFlags(record);
                    } else {
                        out.mark(lasting);
                        blocks = null;
                        chain = null;
                        policy.didNotPay();
                        out.write(record);
                    }
                } else {
                    out.write(record);
                    learn(record);
                }
            }
        }
    }

    private void begin(SnapshotBegin begin) throws IOException {
        if (snapshotOpen) {
            abandonSnapshot();
        }
        snapshotOpen = true;
        snapshotFrom = out.fileBytes();
        form = policy.next(begin.time());
        if (chain == null && form != KeyPolicy.Form.KEY
                || form == KeyPolicy.Form.MIDDLE_KEY && !isAtKey && !reload()) {
            form = KeyPolicy.Form.VERBATIM;
        }
        isAtKey = false;
        out.write(begin);
        switch (form) {
            case KEY -> beginKey(begin);
            case MIDDLE_KEY, STEP -> beginPredicted(begin);
            case VERBATIM -> chain = null;
        }
    }

    /** Ends a snapshot that another one follows before its own end: nothing is predicted from it. */
    private void abandonSnapshot() throws IOException {
        endBlocks();
        out.endGroup();
        out.collectFrames(null);
        chain = null;
        policy.beginAnew();
    }

    private void endBlocks() throws IOException {
        BlockWriter predicted = blocks;
        blocks = null;
        if (predicted != null) {
            predicted.end();
            out.mark(lasting);
        }
    }

    private void beginKey(SnapshotBegin begin) {
        out.mark(GroupHeader.KEY);
        key = begin.snapshot();
        keyFrames.clear();
        drop();
        out.collectFrames(keyFrames);
        chain = ChainState.ofWriter(order, limitBytes);
        learn(begin);
    }

    private void beginPredicted(SnapshotBegin begin) {
        out.mark(form == KeyPolicy.Form.MIDDLE_KEY ? GroupHeader.MIDDLE_KEY : GroupHeader.STEP);
        ChainState from = chain;
        if (from != null) {
            lasting = 0;
            BlockWriter next = new BlockWriter(from, out::write, spareColumns);
            next.begin(begin.snapshot(), key);
            blocks = next;
        }
    }

    /** Takes a record of a key. What does not fit into memory ends the chain before it began. */
    private void learn(CaptureRecord record) {
        ChainState learning = chain;
        if (learning == null || !snapshotOpen) {
            return;
        }
        try {
            learning.learn(record);
        } catch (SeriesTooLargeException e) {
            chain = null; // the documented outcome: snapshots are stored as they are
        }
    }

    /** Makes the chain's state that of the key again. Returns false when nothing can be predicted from it. */
    private boolean reload() throws IOException {
        if (chain == null) {
            return false;
        }
        drop();
        ChainState fresh = ChainState.ofWriter(order, limitBytes);
        try {
            int longest = keyFrames.stream().mapToInt(CaptureWriter.WrittenFrame::contentBytes).max().orElse(0);
            byte[] content = new byte[longest];
            for (CaptureWriter.WrittenFrame frame : keyFrames) {
                Zstd.Content group = Zstd.decompress(frame.bytes(), frame.bytes().length, content);
                if (group.problem() != null) {
                    throw new IOException(group.problem());
                }
                learn(Unpooled.wrappedBuffer(content, 0, group.bytes()), fresh);
            }
        } catch (SeriesTooLargeException e) {
            return false; // as of learn
        } catch (BadRecordException e) {
            throw new IOException(e);
        }
        chain = fresh;
        isAtKey = true;
        return true;
    }

    /** Lets the memory of the chain's state be used again. */
    private void drop() {
        long bytes = chain == null ? 0 : chain.bytes();
        chain = null;
        if (bytes > MIN_RECLAIMED) {
            reclaim.run();
        }
    }

    private static void learn(ByteBuf records, ChainState fresh) throws BadRecordException, SeriesTooLargeException {
        boolean inSnapshot = fresh.snapshot() >= 0;
        while (records.isReadable()) {
            int length = records.readIntLE();
            int type = records.readUnsignedShortLE();
            records.skipBytes(CaptureWriter.RECORD_HEADER_BYTES - 6);
            CaptureRecord record = RecordTypes.decode(type, records.readSlice(length));
            inSnapshot |= record instanceof SnapshotBegin;
            if (record != null && inSnapshot) {
                fresh.learn(record);
            }
        }
    }

    private void end(SnapshotEnd end) throws IOException {
        boolean predicted = blocks != null;
        endBlocks();
        if (!predicted) {
            learn(end);
        }
        out.write(end);
        snapshotOpen = false;
        out.collectFrames(null);
        long bytes = out.fileBytes() - snapshotFrom;
        if (form == KeyPolicy.Form.KEY) {
            keyBytes = bytes;
        } else if (predicted && form == KeyPolicy.Form.STEP && bytes > keyBytes * PAYS_BELOW) {
            // a middle key costs what a key would at worst, and the steps after it may be small
            policy.didNotPay();
        }
        if (policy.isMiddleKeyNext()) {
            reload(); // now, as the next snapshot's datagrams do not wait
        }
    }

    /** Writes the buffered records as one group. */
    public void endGroup() throws IOException {
        out.endGroup();
    }

    /** Forces what was written to the disk (fdatasync). */
    public void sync() throws IOException {
        out.sync();
    }

    /** The file's size so far, bytes. */
    public long fileBytes() {
        return out.fileBytes();
    }

    /** Closes the capture: writes close record and index, then fdatasync. */
    public void finish() throws IOException {
        endBlocks();
        out.finish();
    }

    /** Releases the file as it is; without {@link #finish()} readers report it as not closed. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
