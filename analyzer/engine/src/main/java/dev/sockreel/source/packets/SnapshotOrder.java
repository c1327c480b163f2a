package dev.sockreel.source.packets;

import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.source.sink.CaptureSink;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes dumps that overlap in time snapshot by snapshot: what belongs to a later snapshot is held until all dumps of
 * the one before have ended. Memory: what is held, which is bounded; beyond that the late dumps are ended as they are.
 */
final class SnapshotOrder {
    private static final long MAX_HELD_BYTES = 16 << 20;
    /** What one held datagram costs beside its bytes. */
    private static final long HELD_OVERHEAD_BYTES = 100;

    /** Writes what is known of the surroundings of a snapshot before it ends. */
    interface Surroundings {
        void write() throws IOException;
    }

    /** What is to be said of a dump when it begins. */
    record Begin(int netns, String family, Origin origin, int knows, ReceiveTime time, byte[] request, String doubt) {}

    /** One dump on its way into the capture. */
    static final class OrderedDump {
        private final Begin begin;
        private final Part part;
        private final List<Held> held = new ArrayList<>();
        private int number = -1;
        private DumpEnd.@Nullable Outcome outcome;
        private ReceiveTime endTime = ReceiveTime.NONE;
        private int errno;
        /** Packets that were lost since its last datagram. */
        private long lost;

        private OrderedDump(Begin begin, Part part) {
            this.begin = begin;
            this.part = part;
        }

        private long heapBytes() {
            return HELD_OVERHEAD_BYTES + begin.request().length;
        }

        boolean isEnded() {
            return outcome != null;
        }
    }

    private record Held(long trueLength, ReceiveTime time, ByteBuf data, long lost) {
        long heapBytes() {
            return HELD_OVERHEAD_BYTES + data.readableBytes();
        }
    }

    /** A snapshot. */
    private static final class Part {
        final ReceiveTime time;
        final List<OrderedDump> dumps = new ArrayList<>();
        int open;
        ReceiveTime last;

        Part(ReceiveTime time) {
            this.time = time;
            this.last = time;
        }
    }

    private final CaptureSink sink;
    private final Surroundings surroundings;
    /** The first is being written. */
    private final Deque<Part> parts = new ArrayDeque<>();
    private long heldBytes;
    private int cutShort;

    SnapshotOrder(CaptureSink sink, Surroundings surroundings) {
        this.sink = sink;
        this.surroundings = surroundings;
    }

    /** @param opens a new snapshot */
    OrderedDump begin(Begin begin, boolean opens) throws IOException {
        if (opens || parts.isEmpty()) {
            parts.add(new Part(begin.time()));
            if (parts.size() == 1) {
                sink.snapshot(begin.time());
            }
        }
        Part part = parts.getLast();
        OrderedDump dump = new OrderedDump(begin, part);
        part.dumps.add(dump);
        part.open++;
        if (isFirst(part)) {
            write(dump);
        } else {
            hold(dump.heapBytes());
            advance();
        }
        return dump;
    }

    /** @param data from index 0; not kept */
    void datagram(OrderedDump dump, long trueLength, ReceiveTime time, ByteBuf data) throws IOException {
        dump.part.last = time;
        long lost = dump.lost;
        dump.lost = 0;
        if (dump.number >= 0) {
            write(dump, new Held(trueLength, time, data, lost));
        } else {
            Held datagram = new Held(trueLength, time, data.copy(), lost);
            dump.held.add(datagram);
            hold(datagram.heapBytes());
        }
    }

    /** The source lost packets while the dump ran. */
    void lost(OrderedDump dump, long packets) {
        dump.lost += packets;
    }

    void end(OrderedDump dump, DumpEnd.Outcome outcome, int errno, ReceiveTime time) throws IOException {
        dump.outcome = outcome;
        dump.errno = errno;
        dump.endTime = time;
        dump.part.open--;
        if (dump.number >= 0) {
            noteLost(dump, dump.lost);
            sink.endDump(dump.number, outcome, errno, time);
        }
        advance();
    }

    private boolean isFirst(Part part) {
        return parts.peekFirst() == part;
    }

    private void hold(long bytes) throws IOException {
        heldBytes += bytes;
        while (heldBytes > MAX_HELD_BYTES && parts.size() > 1) {
            endFirst();
            advance();
        }
    }

    /** Its dumps go on for so long that no more can be held. */
    private void endFirst() throws IOException {
        Part first = parts.getFirst();
        for (OrderedDump dump : first.dumps) {
            if (!dump.isEnded()) {
                cutShort++;
                dump.outcome = DumpEnd.Outcome.SOURCE_ENDED;
                first.open--;
                sink.endDump(dump.number, DumpEnd.Outcome.SOURCE_ENDED, 0, first.last);
            }
        }
    }

    /** Goes on to the next snapshot as long as the one that is written has no open dump. */
    private void advance() throws IOException {
        while (parts.size() > 1 && parts.getFirst().open == 0) {
            endPart(parts.removeFirst());
            Part next = parts.getFirst();
            sink.snapshot(next.time);
            for (OrderedDump dump : next.dumps) {
                heldBytes -= dump.heapBytes();
                write(dump);
            }
        }
    }

    private void endPart(Part part) throws IOException {
        surroundings.write();
        sink.endSnapshot(part.last);
    }

    private void write(OrderedDump dump) throws IOException {
        Begin b = dump.begin;
        dump.number = sink.beginDump(new DumpBegin(
                sink.nextDump(), sink.snapshotIndex(), b.netns(), b.family(), DumpBegin.VERBATIM, b.origin(), b.knows(),
                0, b.time(), b.request(), DumpBegin.NO_SOURCE_BYTE));
        if (!b.doubt().isEmpty()) {
            sink.note(dump.number, RecorderNote.Kind.REQUEST_UNSURE, 0, b.doubt());
        }
        for (Held d : dump.held) {
            write(dump, d);
            heldBytes -= d.heapBytes();
        }
        dump.held.clear();
        if (dump.outcome != null) {
            noteLost(dump, dump.lost);
            sink.endDump(dump.number, dump.outcome, dump.errno, dump.endTime);
        }
    }

    private void write(OrderedDump dump, Held d) throws IOException {
        noteLost(dump, d.lost());
        sink.datagram(dump.number, 0, d.trueLength(), d.time(), d.data());
    }

    private void noteLost(OrderedDump dump, long packets) throws IOException {
        if (packets > 0) {
            sink.note(dump.number, RecorderNote.Kind.PACKETS_LOST, packets,
                    "the capture lost " + packets + " packets while it ran");
        }
    }

    /** Dumps that were ended since too much stood behind them. */
    int cutShort() {
        return cutShort;
    }

    /** After all dumps were ended. The last snapshot stays open, for whoever ends the capture. */
    void finish() throws IOException {
        advance();
        if (parts.isEmpty()) {
            sink.snapshot(ReceiveTime.NONE);
        }
        surroundings.write();
    }
}
