package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.series.SeriesTooLargeException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns predicted snapshots into the records they stand for. A snapshot can be predicted only when all of what it is
 * predicted from was read; when that is not at hand, as after a jump in the file, it is loaded.
 */
public final class ChainReader {
    private final Loader loader;
    private final Map<Integer, PredictedDump> dumps = new HashMap<>();
    private @Nullable ChainState chain;
    private long chainFile;
    /** Whether the snapshot that the chain's state stands for was read to its end. */
    private boolean complete;
    /** A snapshot that could not be read, so that none can be predicted from it. */
    private int unreadable = -1;
    private @Nullable ByteBuf block;
    private int nextPart;
    private @Nullable BlockReader records;

    private final @Nullable DumpViews views;
    private @Nullable VerbatimRest rest;
    private Set<Integer> unended = Set.of();
    /** Whether later snapshots may be predicted from the chain's state: it began with all records of a key. */
    private boolean fromKey;
    /** Whether the open snapshot is stored as it is, and whether others are predicted from it. */
    private boolean verbatim;
    private boolean key;

    /** Loads the state of a chain from the file. */
    public interface Loader {
        /**
         * Returns the state as of a snapshot.
         *
         * @param fileId id of the file that the chain was recorded into
         * @param key    number of the chain's key
         * @param base   number of the snapshot
         * @param taken  receives the dumps that are taken later
         * @return null when a part of what it needs is missing or damaged
         */
        @Nullable
        ChainState load(long fileId, int key, int base, ChainState.Taken taken) throws IOException;
    }

    public ChainReader(Loader loader) {
        this(loader, false);
    }

    /**
     * @param views whether dumps are kept as views, to be taken by {@link #take(int)}, instead of returned as records
     */
    public ChainReader(Loader loader, boolean views) {
        this.loader = loader;
        this.views = views ? new DumpViews() : null;
    }

    private ChainState.Taken taken() {
        DumpViews to = views;
        return to == null ? (dump, id, state, changes) -> {} : to;
    }

    /** Returns what a dump brought, once; null when it was not kept or cannot be read. */
    public @Nullable DumpContent take(int dump) {
        return views == null ? null : views.take(dump);
    }

    /** Returns how many datagrams of a dump are kept to be taken. */
    public int datagrams(int dump) {
        return views == null ? 0 : views.datagrams(dump);
    }

    /** Returns, once, the dumps that had no end in the block that {@link #next} came to the end of. */
    public Set<Integer> takeUnended() {
        Set<Integer> dumps = unended;
        unended = Set.of();
        return dumps;
    }

    /**
     * Begins a snapshot whose dumps are to be kept as views.
     *
     * @param isKey       whether others are predicted from it
     * @param isPredicted whether it is predicted itself
     * @param order       byte order of the host
     */
    public void begin(SnapshotBegin begin, boolean isKey, boolean isPredicted, long fileId, ByteOrder order,
            long limitBytes) throws SeriesTooLargeException {
        if (views == null) {
            return;
        }
        views.drop();
        verbatim = !isPredicted;
        key = isKey;
        rest = verbatim ? null : new VerbatimRest(views, order, limitBytes);
        if (!verbatim) {
            return;
        }
        ChainState now = chain;
        if (isKey || now == null || chainFile != fileId) {
            if (chainFile != fileId) {
                views.clear();
            }
            now = new ChainState(order, limitBytes, views);
            chain = now;
            chainFile = fileId;
        }
        complete = false;
        fromKey = isKey;
        learn(begin);
    }

    /** Takes another record that is stored as it is. */
    public void learn(CaptureRecord record) throws SeriesTooLargeException {
        VerbatimRest open = rest;
        if (open != null && !(record instanceof Delta)) {
            open.take(record);
        }
        ChainState now = chain;
        if (!verbatim || complete || now == null || views == null) {
            return; // what stands between two snapshots is not predicted from
        }
        try {
            if (key) {
                now.learn(record);
            } else {
                now.learnDumps(record);
            }
        } catch (SeriesTooLargeException e) {
            fail(now.snapshot());
            throw e;
        }
        complete |= record instanceof SnapshotEnd;
    }

    /**
     * Takes a part of a predicted snapshot; after the last one of a block {@link #next} returns its records.
     *
     * @throws BadColumnsException when the snapshot cannot be read; says why
     */
    public void take(Delta part, long fileId) throws IOException {
        try {
            collect(part);
            ByteBuf whole = block;
            if (part.last() && whole != null) {
                block = null;
                prepare(part, fileId);
                ChainState from = chain;
                if (from != null) {
                    records = new BlockReader(from, whole, dumps, views == null);
                }
            }
        } catch (BadColumnsException e) {
            fail(part.snapshot());
            throw e;
        }
    }

    private void collect(Delta part) throws BadColumnsException {
        if (part.version() != Delta.VERSION) {
            throw new BadColumnsException("it is predicted in a way of a later version, " + part.version());
        }
        if (part.base() >= part.snapshot() || part.key() > part.base() || part.key() < 0) {
            throw new BadColumnsException("it is predicted from snapshot " + part.base() + " of the chain that begins"
                    + " with snapshot " + part.key() + ", which is not before it");
        }
        ByteBuf whole = part.part() == 0 ? Unpooled.buffer(part.columns().readableBytes()) : block;
        if (whole == null || part.part() != (part.part() == 0 ? 0 : nextPart)) {
            throw new BadColumnsException("a part of it is missing before part " + part.part());
        }
        if (whole.readableBytes() + (long) part.columns().readableBytes() > Block.MAX_BYTES) {
            throw new BadColumnsException("a block of it has more than " + Block.MAX_BYTES + " bytes");
        }
        whole.writeBytes(part.columns(), part.columns().readerIndex(), part.columns().readableBytes());
        block = whole;
        nextPart = part.part() + 1;
    }

    private boolean isAtHand(Delta part, long fileId) {
        ChainState now = chain;
        return now != null && fromKey && chainFile == fileId && complete && now.snapshot() == part.base();
    }

    /** Returns null when a part of what is needed is missing or damaged. */
    private @Nullable ChainState load(Delta part, long fileId) throws IOException {
        chain = null;
        ChainState loaded = part.base() == unreadable && chainFile == fileId ? null
                : loader.load(fileId, part.key(), part.base(), taken());
        if (loaded != null) {
            chain = loaded;
            chainFile = fileId;
            fromKey = true;
        }
        return loaded;
    }

    /** Makes the chain's state that from which a snapshot is predicted. */
    private void prepare(Delta part, long fileId) throws IOException {
        ChainState now = isAtHand(part, fileId) ? chain : load(part, fileId);
        if (now == null) {
            throw new BadColumnsException("it is predicted from snapshot " + part.base() + ", which cannot be read");
        }
        now.begin(part.snapshot());
        complete = false;
        dumps.clear();
    }

    /** Returns the next record of the block that was taken last; null at its end. */
    public @Nullable CaptureRecord next() throws BadColumnsException {
        BlockReader open = records;
        if (open == null) {
            return null;
        }
        try {
            CaptureRecord record = open.next();
            if (record == null) {
                records = null;
                endBlock();
                unended = rest == null ? Set.of() : Set.copyOf(rest.open());
            } else if (rest != null) {
                rest.predicted(record);
            }
            return record;
        } catch (BadColumnsException e) {
            fail(chain == null ? -1 : chain.snapshot());
            throw e;
        }
    }

    /** Ends the snapshot for what is predicted from it: it has one block. */
    private void endBlock() throws BadColumnsException {
        ChainState now = chain;
        if (now != null) {
            try {
                now.end();
            } catch (SeriesTooLargeException e) {
                throw new BadColumnsException(e.getMessage() == null ? "it is too large" : e.getMessage());
            }
            complete = true;
        }
    }

    /** Notes that records may be missing here: what was taken of an open snapshot is not all of it. */
    public void loss() {
        block = null;
        if (!complete) {
            chain = null;
        }
    }

    /** Leaves the place in the capture: what is left of a snapshot that was begun is not returned. */
    public void leave() {
        loss();
        records = null;
        unended = Set.of();
    }

    private void fail(int snapshot) {
        chain = null;
        block = null;
        records = null;
        unreadable = snapshot;
        complete = false;
    }
}
