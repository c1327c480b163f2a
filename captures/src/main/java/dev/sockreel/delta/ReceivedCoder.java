package dev.sockreel.delta;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.series.Datagrams;
import dev.sockreel.series.SeriesState;

/** Codes the datagrams of a dump, their messages aside. */
final class ReceivedCoder {
    private static final long MAX_U32 = 0xffffffffL;

    private final SeriesState state;
    private final EdgeCoder edges;
    private final HeaderCoder headers = new HeaderCoder();
    private final TimeCoder times = new TimeCoder();

    ReceivedCoder(SeriesState state) {
        this.state = state;
        this.edges = new EdgeCoder(state);
    }

    /** Learns from the dump before. */
    void begin() {
        Datagrams before = state.datagrams();
        edges.learn(before);
        headers.learn(before);
        times.learn(before);
    }

    /** Writes the datagrams of the dump that the state has now; returns the bits of {@link DumpKind} that they need. */
    int write(Columns out, Datagrams now, ReceiveTime asked) throws BadColumnsException {
        int[] counts = EdgeCoder.counts(now);
        int kind = headers.kind(now) | times.kind(now, asked);
        kind |= edges.isAsBefore(counts) ? 0 : DumpKind.EDGES;
        kind |= counts.length == now.count() ? 0 : DumpKind.WHOLE;
        if ((kind & DumpKind.EDGES) != 0) {
            edges.code(out, counts);
        }
        if ((kind & DumpKind.WHOLE) != 0) {
            writeWhole(out, now);
        }
        headers.write(out, kind, now);
        times.code(out, kind, now, asked);
        return kind;
    }

    private static void writeWhole(Columns out, Datagrams now) throws BadColumnsException {
        int last = -1;
        for (int i = 0; i < now.count(); i++) {
            Datagrams.Whole whole = now.whole(i);
            if (whole != null) {
                out.number(DumpColumns.WHOLE_GAP, i - last);
                last = i;
                codeWhole(out, whole);
            }
        }
        out.number(DumpColumns.WHOLE_GAP, 0);
    }

    private static Datagrams.Whole codeWhole(Columns columns, Datagrams.Whole whole) throws BadColumnsException {
        int length = columns.number(DumpColumns.WHOLE, whole.bytes().length, 0, Integer.MAX_VALUE);
        long longer = columns.number(DumpColumns.WHOLE, whole.trueLength() - length);
        long sender = columns.number(DumpColumns.WHOLE, whole.senderPid());
        byte[] bytes = columns.bytes(DumpColumns.WHOLE_BYTES, whole.bytes(), length);
        return new Datagrams.Whole(length + longer, sender, bytes);
    }

    /** Reads the datagrams of the dump that the state has now. */
    Datagrams read(Columns in, int kind, ReceiveTime asked) throws BadColumnsException {
        int[] counts = (kind & DumpKind.EDGES) == 0 ? edges.asBefore() : edges.code(in, new int[0]);
        Datagrams now = new Datagrams();
        int nextWhole = (kind & DumpKind.WHOLE) == 0 ? Integer.MAX_VALUE : nextWhole(in, -1);
        if (counts.length > 0 || nextWhole == 0) {
            headers.beginReading(in, kind);
        }
        int at = 0;
        int taken = 0;
        while (taken < counts.length || nextWhole == now.count()) {
            int number = now.count();
            headers.read(in, now);
            if (number == nextWhole) {
                now.keepWhole(readWhole(in));
                nextWhole = nextWhole(in, number);
            } else {
                int end = at + counts[taken];
                now.addMessages(counts[taken++], bytes(at, end));
                at = end;
            }
        }
        headers.endReading();
        if (nextWhole != Integer.MAX_VALUE) {
            throw new BadColumnsException("there is no datagram " + nextWhole);
        }
        times.code(in, kind, now, asked);
        return now;
    }

    private static Datagrams.Whole readWhole(Columns in) throws BadColumnsException {
        Datagrams.Whole whole = codeWhole(in, new Datagrams.Whole(0, 0, new byte[0]));
        if (whole.trueLength() < 0 || whole.trueLength() > MAX_U32 || whole.senderPid() < 0
                || whole.senderPid() > MAX_U32) {
            throw new BadColumnsException("length or sender of a datagram exceeds 32 bits");
        }
        return whole;
    }

    private static int nextWhole(Columns in, int last) throws BadColumnsException {
        return EdgeCoder.after(last, in.number(DumpColumns.WHOLE_GAP, 0, 0, Integer.MAX_VALUE));
    }

    private int bytes(int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += state.messageBytes(i);
        }
        return bytes;
    }
}
