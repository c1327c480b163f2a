package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.delta.record.RecordPredictor;
import dev.sockreel.series.Cookies;
import dev.sockreel.series.Matching;
import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesState;
import dev.sockreel.series.SeriesTooLargeException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the next snapshot of a chain is predicted from: the messages of each series and the other records of the
 * snapshot before. A chain begins with a key, whose records are {@link #learn learned}.
 */
public final class ChainState {
    private static final int NONE = -1;

    private final ByteOrder order;
    private final long limitBytes;
    private final long seriesLimitBytes;
    private final Map<SeriesId, Series> series = new HashMap<>();
    private final RecordPredictor records = new RecordPredictor();
    private final ByteBuf body = Unpooled.buffer(4096);
    /** The dumps of a key that have not ended, by their numbers. */
    private final Map<Integer, Learning> learning = new HashMap<>();
    private final Taken taken;
    private int snapshot = NONE;

    /** One dump of a key. */
    private record Learning(int dump, Series series, Matching matching) {}

    /** Receives each dump that was taken. */
    public interface Taken {
        /** @param changes what differs from the series' dump before; the first differs in all */
        void dump(int dump, SeriesId id, SeriesState state, SeriesChanges changes) throws SeriesTooLargeException;
    }

    /**
     * Begins a chain.
     *
     * @param order      byte order of the host
     * @param limitBytes memory that its messages may take, about
     */
    public ChainState(ByteOrder order, long limitBytes) {
        this(order, limitBytes, limitBytes, (dump, id, state, changes) -> {});
    }

    /**
     * Begins the chain of a writer. It looks at the limit between two datagrams; one of them, and putting a dump in
     * order at its end, may take more.
     */
    public static ChainState ofWriter(ByteOrder order, long limitBytes) {
        return new ChainState(order, limitBytes, Long.MAX_VALUE, (dump, id, state, changes) -> {});
    }

    /** @param taken receives each dump */
    public ChainState(ByteOrder order, long limitBytes, Taken taken) {
        this(order, limitBytes, limitBytes, taken);
    }

    private ChainState(ByteOrder order, long limitBytes, long seriesLimitBytes, Taken taken) {
        this.order = order;
        this.limitBytes = limitBytes;
        this.seriesLimitBytes = seriesLimitBytes;
        this.taken = taken;
    }

    /**
     * Takes a record of a snapshot that is stored as it is.
     *
     * @throws SeriesTooLargeException when the messages need more memory than they may take; the state is then of no
     *         use
     */
    public void learn(CaptureRecord record) throws SeriesTooLargeException {
        switch (record) {
            case SnapshotBegin b -> begin(b.snapshot());
            case SnapshotEnd e -> end();
            case Datagram d -> learn(d);
            case DumpBegin d -> {
                learnOther(d);
                begin(d);
            }
            case DumpEnd e -> {
                learnOther(e);
                end(learning.remove(e.dump()));
            }
            default -> learnOther(record);
        }
    }

    /** Takes a record of a snapshot that is stored as it is, from which nothing else than dumps will be predicted. */
    public void learnDumps(CaptureRecord record) throws SeriesTooLargeException {
        switch (record) {
            case SnapshotBegin b -> snapshot = b.snapshot();
            case SnapshotEnd e -> endDumps();
            case Datagram d -> learn(d);
            case DumpBegin d -> begin(d);
            case DumpEnd e -> end(learning.remove(e.dump()));
            default -> {}
        }
    }

    private void begin(DumpBegin dump) {
        Series of = series(dump);
        if (of != null) {
            of.busy(true);
            Matching matching = of.state().matching();
            matching.start();
            learning.put(dump.dump(), new Learning(dump.dump(), of, matching));
        }
    }

    private void learn(Datagram d) throws SeriesTooLargeException {
        Learning to = learning.get(d.dump());
        if (to != null && to.matching().begin(d)) {
            while (to.matching().hasNext()) {
                to.matching().next();
            }
            if (to.series().state().bytes() > limitBytes) {
                throw new SeriesTooLargeException("the sockets of one dump need more memory than they may take");
            }
        }
    }

    private void end(@Nullable Learning dump) throws SeriesTooLargeException {
        if (dump != null) {
            SeriesChanges changes = dump.matching().end();
            dump.series().busy(false);
            taken(dump.dump(), dump.series(), changes);
        }
    }

    /** Passes on a dump that was taken. */
    void taken(int dump, Series of, SeriesChanges changes) throws SeriesTooLargeException {
        taken.dump(dump, of.id(), of.state(), changes);
    }

    private void learnOther(CaptureRecord record) throws SeriesTooLargeException {
        ByteBuf bytes = bodyOf(record);
        if (!records.fits(bytes.readableBytes())) {
            throw new SeriesTooLargeException("the records of one snapshot are too many to predict others from them");
        }
        records.learn(record.type(), bytes);
    }

    /** Returns the body of a record, in a buffer that is used again. */
    ByteBuf bodyOf(CaptureRecord record) {
        body.clear().ensureWritable(record.maxBytes());
        record.encode(body);
        return body;
    }

    /** Begins a snapshot. */
    void begin(int number) {
        snapshot = number;
        records.beginSnapshot(number);
    }

    /** Ends the snapshot; dumps that have no end are taken as they are. */
    void end() throws SeriesTooLargeException {
        endDumps();
        records.endSnapshot();
    }

    /** Ends the dumps that have no end. */
    public void endDumps() throws SeriesTooLargeException {
        for (Learning dump : List.copyOf(learning.values())) {
            end(dump);
        }
        learning.clear();
        series.values().forEach(s -> s.busy(false));
    }

    /** Returns the series of a dump; null while another dump of it is open, or when no memory is left for it. */
    @Nullable
    Series series(DumpBegin dump) {
        SeriesId id = SeriesId.of(dump);
        Series known = series.get(id);
        if (known == null) {
            if (bytes() >= limitBytes) {
                return null;
            }
            known = new Series(id, new SeriesState(Cookies.offset(dump.family()), order, seriesLimitBytes));
            series.put(id, known);
        }
        return known.isBusy() ? null : known;
    }

    /** Returns whether a series has hardly memory left for the rest of its dump. */
    boolean isNearlyFull(Series one) {
        return one.state().bytes() > limitBytes - limitBytes / 8;
    }

    RecordPredictor records() {
        return records;
    }

    /** Returns the number of the snapshot that was taken last, -1 for none. */
    public int snapshot() {
        return snapshot;
    }

    /** Returns the memory it takes, about, bytes. */
    public long bytes() {
        long all = records.bytes();
        for (Series one : series.values()) {
            all += one.state().bytes();
        }
        return all;
    }
}
