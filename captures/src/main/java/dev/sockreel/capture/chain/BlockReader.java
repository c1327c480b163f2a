package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.BadRecordException;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.RecordTypes;
import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.delta.ColumnReader;
import dev.sockreel.delta.record.Decoded;
import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesTooLargeException;
import dev.sockreel.series.SeriesView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Returns the records that a block stands for, in their order, and brings the chain's state to them. After an exception
 * that state is of no use any more.
 */
final class BlockReader {
    private final ChainState chain;
    private final ColumnReader in;
    /** The series of each dump of the snapshot whose datagrams are predicted; those of several blocks share it. */
    private final Map<Integer, PredictedDump> dumps;
    private final boolean datagrams;
    private int lastDump;
    private final CRC32C check = new CRC32C();
    /** The dump whose datagrams are being returned. */
    private @Nullable SeriesView view;
    private int nextDatagram;

    /**
     * Begins a block.
     *
     * @param columns   the whole block
     * @param dumps     dumps that earlier blocks of the same snapshot began
     * @param datagrams whether datagrams are returned as records
     */
    BlockReader(ChainState chain, ByteBuf columns, Map<Integer, PredictedDump> dumps, boolean datagrams)
            throws BadColumnsException {
        this.chain = chain;
        this.in = new ColumnReader(columns);
        this.dumps = dumps;
        this.datagrams = datagrams;
    }

    /** Returns the next record, null at the end. */
    @Nullable
    CaptureRecord next() throws BadColumnsException {
        while (true) {
            SeriesView open = view;
            if (open != null && nextDatagram < open.datagrams().count()) {
                return open.datagram(nextDatagram++);
            }
            view = null;
            int operation = in.number(Block.OPERATIONS, Block.END, Block.DATAGRAMS);
            switch (operation) {
                case Block.RECORD -> {
                    CaptureRecord record = predicted();
                    if (record != null) {
                        return record;
                    }
                }
                case Block.DATAGRAMS -> apply();
                default -> {
                    end();
                    return null;
                }
            }
        }
    }

    /** Fails where records are not those that were written: the state before was another one. */
    private void end() throws BadColumnsException {
        if (in.number(Block.CHECK) != check.getValue()) {
            throw new BadColumnsException("its records have another checksum than stated");
        }
        in.requireEnd();
    }

    /** Returns null for a record of a type that this version does not know. */
    private @Nullable CaptureRecord predicted() throws BadColumnsException {
        Decoded decoded = chain.records().decode(in);
        check.update(decoded.body().nioBuffer());
        CaptureRecord record = decode(decoded.type(), decoded.body());
        if (record instanceof DumpBegin dump && dump.encoding() == DumpBegin.PREDICTED) {
            Series series = chain.series(dump);
            if (series == null) {
                throw new BadColumnsException("dump " + dump.dump() + " is predicted, but its series is not free");
            }
            dumps.put(dump.dump(), new PredictedDump(series, dump.time()));
            series.busy(true);
            return dump.withEncoding(DumpBegin.VERBATIM);
        }
        return record;
    }

    private static @Nullable CaptureRecord decode(int type, ByteBuf body) throws BadColumnsException {
        try {
            return RecordTypes.decode(type, body);
        } catch (BadRecordException e) {
            throw new BadColumnsException(e.getMessage() == null ? "a record is malformed" : e.getMessage());
        }
    }

    private void apply() throws BadColumnsException {
        lastDump += in.number(Block.DUMPS, Integer.MIN_VALUE, Integer.MAX_VALUE);
        PredictedDump dump = dumps.remove(lastDump);
        if (dump == null) {
            throw new BadColumnsException("datagrams of dump " + lastDump + " stand where it is not open");
        }
        in.alignFlagsBelow(Block.DUMPS);
        Series series = dump.series();
        SeriesChanges changes = series.decoder().apply(in, dump.requested());
        in.alignFlagsBelow(Block.DUMPS);
        series.busy(false);
        try {
            chain.taken(lastDump, series, changes);
        } catch (SeriesTooLargeException e) {
            throw new BadColumnsException(e.getMessage() == null ? "it is too large" : e.getMessage());
        }
        if (datagrams) {
            view = series.state().view();
            nextDatagram = 0;
        }
    }
}
