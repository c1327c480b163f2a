package dev.sockreel.source.packets;

import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.wording.Counted;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes dumps that overlap in time one snapshot after another: records of a later snapshot are held back until all
 * dumps of the one before have ended. Memory: the held records, which are bounded; beyond the bound, dumps that are
 * still open are ended as they are.
 */
final class SnapshotOrder {
    private static final long MAX_HELD_BYTES = 16 << 20;
    /** Memory that one held datagram takes in addition to its bytes. */
    private static final long HELD_OVERHEAD_BYTES = 100;

    /** Writes the evidence that belongs to a snapshot, before the snapshot ends. */
    interface EvidenceWriter {
        /** @param namespaces those with dumps in the snapshot */
        void write(Set<Integer> namespaces) throws IOException;
    }

    /** The properties of a dump when it begins. */
    record Begin(int netns, String family, Origin origin, int knows, ReceiveTime time, byte[] request, String doubt) {}

    /** One dump on its way into the capture. */
    static final class OrderedDump {
        private final Begin begin;
        private final OpenSnapshot snapshot;
        private final List<Held> held = new ArrayList<>();
        private int number = -1;
        private DumpEnd.@Nullable Outcome outcome;
        private ReceiveTime endTime = ReceiveTime.NONE;
        private int errno;
        /** Packets lost since the dump's last datagram. */
        private long lost;

        private OrderedDump(Begin begin, OpenSnapshot snapshot) {
            this.begin = begin;
            this.snapshot = snapshot;
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

    /** A snapshot on its way into the capture. */
    private static final class OpenSnapshot {
        final ReceiveTime time;
        /** Dumps that have not ended or are held. */
        final Set<OrderedDump> dumps = new LinkedHashSet<>();
        final Set<Integer> namespaces = new TreeSet<>();
        int open;
        ReceiveTime last;

        OpenSnapshot(ReceiveTime time) {
            this.time = time;
            this.last = time;
        }
    }

    private final CaptureSink sink;
    private final EvidenceWriter evidence;
    /** The snapshots; the first is being written. */
    private final Deque<OpenSnapshot> snapshots = new ArrayDeque<>();
    private long heldBytes;
    private int cutShort;

    SnapshotOrder(CaptureSink sink, EvidenceWriter evidence) {
        this.sink = sink;
        this.evidence = evidence;
    }

    /**
     * Begins a dump.
     *
     * @param opens whether it opens a new snapshot
     */
    OrderedDump begin(Begin begin, boolean opens) throws IOException {
        if (opens || snapshots.isEmpty()) {
            snapshots.add(new OpenSnapshot(begin.time()));
            if (snapshots.size() == 1) {
                sink.snapshot(begin.time());
            }
        }
        OpenSnapshot snapshot = snapshots.getLast();
        OrderedDump dump = new OrderedDump(begin, snapshot);
        snapshot.dumps.add(dump);
        snapshot.namespaces.add(begin.netns());
        snapshot.open++;
        if (isFirst(snapshot)) {
            write(dump);
        } else {
            hold(dump.heapBytes());
            advance();
        }
        return dump;
    }

    /**
     * Adds a datagram to a dump.
     *
     * @param data from index 0; not kept
     */
    void datagram(OrderedDump dump, long trueLength, ReceiveTime time, ByteBuf data) throws IOException {
        dump.snapshot.last = time;
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

    /** Notes that the source lost packets while the dump ran. */
    void lost(OrderedDump dump, long packets) {
        dump.lost += packets;
    }

    void end(OrderedDump dump, DumpEnd.Outcome outcome, int errno, ReceiveTime time) throws IOException {
        dump.outcome = outcome;
        dump.errno = errno;
        dump.endTime = time;
        dump.snapshot.open--;
        if (dump.number >= 0) {
            noteLost(dump, dump.lost);
            sink.endDump(dump.number, outcome, errno, time);
            dump.snapshot.dumps.remove(dump);
        }
        advance();
    }

    private boolean isFirst(OpenSnapshot snapshot) {
        return snapshots.peekFirst() == snapshot;
    }

    private void hold(long bytes) throws IOException {
        heldBytes += bytes;
        while (heldBytes > MAX_HELD_BYTES && snapshots.size() > 1) {
            endFirst();
            advance();
        }
    }

    /** Ends the open dumps of the first snapshot, because no more can be held. */
    private void endFirst() throws IOException {
        OpenSnapshot first = snapshots.getFirst();
        for (OrderedDump dump : first.dumps) {
            if (!dump.isEnded()) {
                cutShort++;
                dump.outcome = DumpEnd.Outcome.SOURCE_ENDED;
                first.open--;
                sink.endDump(dump.number, DumpEnd.Outcome.SOURCE_ENDED, 0, first.last);
            }
        }
        first.dumps.clear();
    }

    /** Moves to the next snapshot as long as the one being written has no open dump. */
    private void advance() throws IOException {
        while (snapshots.size() > 1 && snapshots.getFirst().open == 0) {
            endSnapshot(snapshots.removeFirst());
            OpenSnapshot next = snapshots.getFirst();
            sink.snapshot(next.time);
            for (OrderedDump dump : next.dumps) {
                heldBytes -= dump.heapBytes();
                write(dump);
            }
            next.dumps.removeIf(OrderedDump::isEnded);
        }
    }

    private void endSnapshot(OpenSnapshot snapshot) throws IOException {
        evidence.write(snapshot.namespaces);
        sink.endSnapshot(snapshot.last);
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
                    "the capture lost " + Counted.of(packets, "packet") + " during the dump");
        }
    }

    /** Returns the number of dumps that were ended early because too much was held. */
    int cutShort() {
        return cutShort;
    }

    /**
     * Writes the rest after all dumps have ended. The last snapshot stays open for the caller, who ends the capture.
     */
    void finish() throws IOException {
        advance();
        if (snapshots.isEmpty()) {
            sink.snapshot(ReceiveTime.NONE);
        }
        evidence.write(snapshots.isEmpty() ? Set.of() : snapshots.getFirst().namespaces);
    }
}
