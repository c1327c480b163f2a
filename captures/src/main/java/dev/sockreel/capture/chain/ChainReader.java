package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.series.SeriesTooLargeException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns predicted snapshots into the records they stand for. A snapshot can be predicted only when all of what it is
 * predicted from was read; when that is not at hand, as after a jump in the file, it is loaded.
 */
public final class ChainReader {
    private final Loader loader;
    private final Map<Integer, Series> dumps = new HashMap<>();
    private @Nullable ChainState chain;
    private long chainFile;
    /** Whether the snapshot that the chain's state stands for was read to its end. */
    private boolean complete;
    /** A snapshot that could not be read, so that none can be predicted from it. */
    private int unreadable = -1;
    private @Nullable ByteBuf block;
    private int nextPart;
    private @Nullable BlockReader records;

    /** Loads the state of a chain from the file. */
    public interface Loader {
        /**
         * Returns the state as of a snapshot.
         *
         * @param fileId id of the file that the chain was recorded into
         * @param key    number of the chain's key
         * @param base   number of the snapshot
         * @return null when a part of what it needs is missing or damaged
         */
        @Nullable
        ChainState load(long fileId, int key, int base) throws IOException;
    }

    public ChainReader(Loader loader) {
        this.loader = loader;
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
                    records = new BlockReader(from, whole, dumps, true);
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

    /** Makes the chain's state that from which a snapshot is predicted. */
    private void prepare(Delta part, long fileId) throws IOException {
        ChainState now = chain;
        boolean isAtHand = now != null && chainFile == fileId
                && (complete ? now.snapshot() == part.base() : now.snapshot() == part.snapshot());
        if (!isAtHand) {
            chain = null;
            now = part.base() == unreadable && chainFile == fileId ? null
                    : loader.load(fileId, part.key(), part.base());
            if (now == null) {
                throw new BadColumnsException(
                        "it is predicted from snapshot " + part.base() + ", which cannot be read");
            }
            chain = now;
            chainFile = fileId;
            complete = true;
        }
        if (complete && now != null) {
            now.begin(part.snapshot());
            complete = false;
            dumps.clear();
        }
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
            }
            return record;
        } catch (BadColumnsException e) {
            fail(chain == null ? -1 : chain.snapshot());
            throw e;
        }
    }

    /** Notes the end of a snapshot. */
    public void ended(SnapshotEnd end) throws BadColumnsException {
        ChainState now = chain;
        if (now != null && now.snapshot() == end.snapshot() && !complete) {
            try {
                now.end();
                complete = true;
            } catch (SeriesTooLargeException e) {
                fail(end.snapshot());
                throw new BadColumnsException(e.getMessage() == null ? "it is too large" : e.getMessage());
            }
        }
    }

    /** Notes that records may be missing here: what follows in the open snapshot is predicted from nothing. */
    public void loss(int snapshot) {
        if (!complete || block != null) {
            fail(snapshot);
        }
    }

    private void fail(int snapshot) {
        chain = null;
        block = null;
        records = null;
        unreadable = snapshot;
        complete = false;
    }
}
