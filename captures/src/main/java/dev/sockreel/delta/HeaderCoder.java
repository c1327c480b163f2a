package dev.sockreel.delta;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.series.Datagrams;

/** Codes what datagrams carry beside their bytes and times: the dump's number, their own, marks and msg_flags. */
final class HeaderCoder {
    private int lastDump;
    private int dumpStep;
    private int lastMarks;
    private int lastFlags;
    /** The dump's number. */
    private int dump;
    private int nextException = Integer.MAX_VALUE;
    private int last;

    /** Learns from the dump before. */
    void learn(Datagrams before) {
        int count = before.count();
        if (count > 0) {
            lastDump = before.dump(0);
            lastMarks = before.marks(count - 1);
            lastFlags = before.msgFlags(count - 1);
        }
    }

    /** Returns the bits of {@link DumpKind} for what is not as predicted. */
    int kind(Datagrams now) {
        if (now.count() == 0) {
            return 0;
        }
        int kind = now.dump(0) == lastDump + dumpStep ? 0 : DumpKind.DUMP;
        for (int i = 0; i < now.count(); i++) {
            if (isOdd(now, i, now.dump(0))) {
                return kind | DumpKind.HEADERS;
            }
        }
        return kind;
    }

    private boolean isOdd(Datagrams now, int i, int ofDump) {
        return now.dump(i) != ofDump || now.number(i) != number(now, i) || now.marks(i) != marks(now, i)
                || now.msgFlags(i) != flags(now, i);
    }

    private static int number(Datagrams now, int i) {
        return i == 0 ? 0 : now.number(i - 1) + 1;
    }

    private int marks(Datagrams now, int i) {
        return i == 0 ? lastMarks : now.marks(i - 1);
    }

    private int flags(Datagrams now, int i) {
        return i == 0 ? lastFlags : now.msgFlags(i - 1);
    }

    /** Codes the numbers of datagrams that are there. */
    void write(Columns out, int kind, Datagrams now) throws BadColumnsException {
        if (now.count() == 0) {
            return;
        }
        begin(out, kind, now.dump(0));
        if ((kind & DumpKind.HEADERS) == 0) {
            return;
        }
        for (int i = 0; i < now.count(); i++) {
            if (isOdd(now, i, dump)) {
                out.number(DumpColumns.HEADER_GAP, i - last);
                last = i;
                out.number(DumpColumns.HEADER, now.dump(i) - dump);
                out.number(DumpColumns.HEADER, now.number(i) - number(now, i));
                out.number(DumpColumns.HEADER, now.marks(i) - marks(now, i));
                out.number(DumpColumns.HEADER, now.msgFlags(i) - flags(now, i));
            }
        }
        out.number(DumpColumns.HEADER_GAP, 0);
    }

    /** Begins to read datagrams, of which there is at least one. */
    void beginReading(Columns in, int kind) throws BadColumnsException {
        begin(in, kind, 0);
        nextException = Integer.MAX_VALUE;
        if ((kind & DumpKind.HEADERS) != 0) {
            readGap(in);
        }
    }

    private void begin(Columns columns, int kind, int number) throws BadColumnsException {
        int predicted = lastDump + dumpStep;
        dump = predicted;
        if ((kind & DumpKind.DUMP) != 0) {
            dump += (int) columns.number(DumpColumns.DUMP, number - predicted);
        }
        dumpStep = dump - lastDump;
        last = -1;
    }

    private void readGap(Columns in) throws BadColumnsException {
        nextException = EdgeCoder.after(last, in.number(DumpColumns.HEADER_GAP, 0, 0, Integer.MAX_VALUE));
    }

    /** Appends the next datagram. */
    void read(Columns in, Datagrams now) throws BadColumnsException {
        int i = now.count();
        int[] values = new int[4];
        if (i == nextException) {
            for (int k = 0; k < values.length; k++) {
                values[k] = (int) in.number(DumpColumns.HEADER, 0);
            }
            last = i;
            readGap(in);
        }
        now.add(dump + values[0], number(now, i) + values[1], marks(now, i) + values[2], flags(now, i) + values[3],
                ReceiveTime.NONE);
    }

    /** Fails where exceptions were stated of datagrams that are not there. */
    void endReading() throws BadColumnsException {
        if (nextException != Integer.MAX_VALUE) {
            throw new BadColumnsException("there is no datagram " + nextException);
        }
    }
}
