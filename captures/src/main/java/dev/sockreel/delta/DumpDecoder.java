package dev.sockreel.delta;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.series.Applying;
import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesState;
import dev.sockreel.series.SeriesTooLargeException;

/** Applies dumps that {@link DumpEncoder} wrote to the state of their series. One for each series and chain. */
public final class DumpDecoder {
    private final SeriesState state;
    private final Applying applying;
    private final DumpModel model;
    private Columns in = new Columns.Writing(new ColumnWriter());
    private int gap;
    private int run;

    /** @param state has the dump before; from now on it takes dumps by way of this */
    public DumpDecoder(SeriesState state) {
        this.state = state;
        this.applying = state.applying();
        this.model = new DumpModel(state);
    }

    /** Applies a dump that was encoded without the time of its request. */
    public SeriesChanges apply(ColumnReader columns) throws BadColumnsException {
        return apply(columns, ReceiveTime.NONE);
    }

    /**
     * Applies a dump.
     *
     * @param requestTime when the request was sent, as the encoder was told
     * @return what it changed; the state has the dump then. After an exception the state is of no use any more
     */
    public SeriesChanges apply(ColumnReader columns, ReceiveTime requestTime) throws BadColumnsException {
        in = new Columns.Reading(columns);
        try {
            int kind = in.number(DumpColumns.KIND, 0, 0, DumpKind.ALL);
            model.received.begin();
            int size = state.size() + ((kind & DumpKind.COUNT) == 0 ? 0
                    : in.number(DumpColumns.COUNT, 0, -state.size(), Integer.MAX_VALUE - state.size()));
            applying.start();
            messages(kind, size);
            SeriesChanges changes = applying.end(seq(kind), pid(kind));
            state.received(model.received.read(in, kind, requestTime));
            return changes;
        } catch (SeriesTooLargeException e) {
            throw new BadColumnsException(String.valueOf(e.getMessage()));
        }
    }

    private int seq(int kind) throws BadColumnsException {
        model.seqStep += (kind & DumpKind.SEQ) == 0 ? 0 : (int) in.number(DumpColumns.SEQ, 0);
        return state.seq() + model.seqStep;
    }

    private int pid(int kind) throws BadColumnsException {
        return state.pid() + ((kind & DumpKind.PID) == 0 ? 0 : (int) in.number(DumpColumns.PID, 0));
    }

    private void messages(int kind, int size) throws BadColumnsException, SeriesTooLargeException {
        gap = Integer.MAX_VALUE;
        if ((kind & DumpKind.EVENTS) != 0) {
            readGap();
        }
        run = Integer.MAX_VALUE;
        if ((kind & DumpKind.COLD) != 0) {
            readRun();
        }
        while (applying.position() < size) {
            if (gap == 0) {
                event();
            } else {
                met(Math.min(size - applying.position(), gap));
            }
        }
        if (gap != Integer.MAX_VALUE || run != Integer.MAX_VALUE) {
            throw new BadColumnsException("a dump of " + size + " messages ends before its changes");
        }
    }

    private void readGap() throws BadColumnsException {
        int next = in.number(DumpColumns.GAP, 0, DumpModel.END, Integer.MAX_VALUE - 1);
        gap = next == DumpModel.END ? Integer.MAX_VALUE : next;
    }

    private void readRun() throws BadColumnsException {
        int next = in.number(DumpColumns.RUN, 0, DumpModel.END, Integer.MAX_VALUE - 1);
        run = next == DumpModel.END ? Integer.MAX_VALUE : next;
    }

    private void event() throws BadColumnsException, SeriesTooLargeException {
        long jump = in.number(DumpColumns.EVENT, 0);
        if (jump == 0) {
            model.appearances.read(in, applying);
            readGap();
            return;
        }
        if (!applying.canJump(jump)) {
            throw new BadColumnsException("a jump by " + jump + " messages leads to none");
        }
        applying.jump((int) jump);
        readGap();
        if (gap == 0) {
            throw new BadColumnsException("a jump leads to no message");
        }
    }

    /** Takes messages of the dump before, at least one. */
    private void met(int most) throws BadColumnsException, SeriesTooLargeException {
        if (!applying.hasExpected()) {
            throw new BadColumnsException("the dump before has no message more");
        }
        if (applying.isHot()) {
            boolean isChanged = in.flag(DumpColumns.HOT, false);
            if (isChanged) {
                change();
            } else {
                applying.keep();
            }
            pass(1);
        } else if (run == 0) {
            change();
            readRun();
            pass(1);
        } else {
            int kept = applying.keepCold(Math.min(run, most));
            run -= run == Integer.MAX_VALUE ? 0 : kept;
            pass(kept);
        }
    }

    private void pass(int count) {
        gap -= gap == Integer.MAX_VALUE ? 0 : count;
    }

    private void change() throws BadColumnsException, SeriesTooLargeException {
        applying.beginChange();
        model.changes.read(in, applying);
        applying.endChange();
    }
}
