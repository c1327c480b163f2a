package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.delta.ColumnWriter;
import dev.sockreel.series.SeriesTooLargeException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of one snapshot as what is not predicted, in a block. Datagrams of several dumps may
 * interleave; they are written together where their dump ends. Not thread-safe.
 */
public final class BlockWriter {
    private final ChainState chain;
    private final Sink sink;
    private final SpareColumns spare;
    private final ColumnWriter columns;
    private final Map<Integer, OpenDump> dumps = new LinkedHashMap<>();
    private int snapshot;
    private int base;
    private int key;
    private int lastDump;
    private final CRC32C check = new CRC32C();

    /** Receives what is written. */
    public interface Sink {
        /** Writes a record that is not predicted. */
        void write(CaptureRecord record) throws IOException;
    }

    /** A dump whose datagrams are being written. */
    private record OpenDump(Series series, ColumnWriter columns) {}

    /**
     * Begins to write what follows the state of a chain.
     *
     * @param spare lends the columns until the end of the block
     */
    public BlockWriter(ChainState chain, Sink sink, SpareColumns spare) {
        this.chain = chain;
        this.sink = sink;
        this.spare = spare;
        this.columns = spare.take();
    }

    /**
     * Begins a snapshot.
     *
     * @param key number of the chain's key
     */
    public void begin(int snapshot, int key) {
        this.base = chain.snapshot();
        this.snapshot = snapshot;
        this.key = key;
        lastDump = 0;
        check.reset();
        chain.begin(snapshot);
    }

    /**
     * Appends a record of the snapshot.
     *
     * @return false when it cannot be predicted, as when no memory is left: the block is written, and the record and
     *         all after it are to be written as they are; the chain has ended
     */
    public boolean add(CaptureRecord record) throws IOException {
        if (!(record instanceof Datagram) && !chain.records().fits(chain.bodyOf(record).readableBytes())) {
            end();
            return false;
        }
        switch (record) {
            case Datagram d -> {
                return datagram(d);
            }
            case DumpBegin d -> {
                return begin(d);
            }
            case DumpEnd e -> end(e.dump(), dumps.remove(e.dump()));
            default -> {}
        }
        return predict(record);
    }

    private boolean predict(CaptureRecord record) throws IOException {
        ByteBuf body = chain.bodyOf(record);
        if (!chain.records().fits(body.readableBytes())) {
            return giveUp();
        }
        columns.number(Block.OPERATIONS, Block.RECORD);
        check.update(body.nioBuffer());
        chain.records().encode(record.type(), body, columns);
        return true;
    }

    /** Writes the block as far as it got; what follows is written as it is, in the same order. */
    private boolean giveUp() throws IOException {
        end();
        return false;
    }

    private boolean begin(DumpBegin dump) throws IOException {
        Series series = chain.series(dump);
        if (series == null) {
            return giveUp();
        }
        if (!predict(dump.withEncoding(DumpBegin.PREDICTED))) {
            return false;
        }
        series.busy(true);
        ColumnWriter own = spare.take();
        series.encoder().begin(own, dump.time());
        dumps.put(dump.dump(), new OpenDump(series, own));
        return true;
    }

    private boolean datagram(Datagram d) throws IOException {
        OpenDump dump = dumps.get(d.dump());
        if (dump == null || chain.isNearlyFull(dump.series())) {
            return giveUp();
        }
        try {
            dump.series().encoder().datagram(d);
        } catch (SeriesTooLargeException e) {
            throw new IOException("the messages of one datagram need more memory than there is", e);
        }
        return true;
    }

    private void end(int number, @Nullable OpenDump dump) throws IOException {
        if (dump == null) {
            return;
        }
        try {
            dump.series().encoder().end();
        } catch (SeriesTooLargeException e) {
            throw new IOException("the sockets of one dump need more memory than there is", e);
        }
        columns.number(Block.OPERATIONS, Block.DATAGRAMS);
        columns.number(Block.DUMPS, number - lastDump);
        columns.append(dump.columns());
        spare.give(dump.columns());
        dump.series().busy(false);
        lastDump = number;
    }

    /** Ends the snapshot; dumps that have not ended are written as far as they got. */
    public void end() throws IOException {
        for (Map.Entry<Integer, OpenDump> open : dumps.entrySet()) {
            end(open.getKey(), open.getValue());
        }
        dumps.clear();
        columns.number(Block.OPERATIONS, Block.END);
        columns.number(Block.CHECK, check.getValue());
        write();
        try {
            chain.end();
        } catch (SeriesTooLargeException e) {
            throw new IOException("the sockets of one snapshot need more memory than there is", e);
        }
    }

    private void write() throws IOException {
        ByteBuf block = Unpooled.buffer(columns.maxBytes());
        columns.writeTo(block);
        spare.give(columns);
        int part = 0;
        while (block.isReadable()) {
            ByteBuf content = block.readSlice(Math.min(block.readableBytes(), Delta.PART_BYTES));
            sink.write(new Delta(snapshot, base, key, Delta.VERSION, part++, !block.isReadable(), content));
        }
    }
}
