package dev.sockreel.delta;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.series.Datagrams;
import dev.sockreel.series.Matching;
import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesState;
import dev.sockreel.series.SeriesTooLargeException;

/** Writes dumps of one series as what is not predicted from the one before. One for each series and chain. */
public final class DumpEncoder {
    private final SeriesState state;
    private final Matching matching;
    private final DumpModel model;
    private Columns out = new Columns.Writing(new ColumnWriter());
    private ReceiveTime asked = ReceiveTime.NONE;
    private int sizeBefore;
    /** Messages since the last event, cold ones as predicted since the last change of one. */
    private int gap;
    private int run;
    private int kind;

    /** @param state has the dump before; from now on it takes dumps by way of this */
    public DumpEncoder(SeriesState state) {
        this.state = state;
        this.matching = state.matching();
        this.model = new DumpModel(state);
    }

    /** Begins a dump, without the time of its request. */
    public void begin(ColumnWriter columns) {
        begin(columns, ReceiveTime.NONE);
    }

    /**
     * Begins a dump.
     *
     * @param requestTime when the request was sent; the decoder must know the same
     */
    public void begin(ColumnWriter columns, ReceiveTime requestTime) {
        out = new Columns.Writing(columns);
        asked = requestTime;
        sizeBefore = state.size();
        gap = 0;
        run = 0;
        kind = 0;
        model.received.begin();
        matching.start();
    }

    /** Takes a datagram; its buffer is free again then. */
    public void datagram(Datagram datagram) throws SeriesTooLargeException {
        if (!matching.begin(datagram)) {
            return;
        }
        try {
            while (matching.hasNext()) {
                message();
            }
        } catch (BadColumnsException e) {
            throw new IllegalStateException("columns that are written do not fail", e);
        }
    }

    private void message() throws SeriesTooLargeException, BadColumnsException {
        Matching.Fate fate = matching.next();
        if (fate == Matching.Fate.APPEARED) {
            event(0);
            model.appearances.write(out, matching);
            return;
        }
        if (matching.jump() != 0) {
            event(matching.jump());
        }
        gap++;
        boolean isChanged = fate == Matching.Fate.CHANGED;
        if (matching.wasHot()) {
            out.flag(DumpColumns.HOT, isChanged);
        } else if (isChanged) {
            out.number(DumpColumns.RUN, run);
            run = 0;
            kind |= DumpKind.COLD;
        } else {
            run++;
        }
        if (isChanged) {
            model.changes.write(out, matching);
        }
    }

    private void event(int jump) throws BadColumnsException {
        out.number(DumpColumns.GAP, gap);
        out.number(DumpColumns.EVENT, jump);
        gap = 0;
        kind |= DumpKind.EVENTS;
    }

    /** Ends the dump; the state has it then. */
    public SeriesChanges end() throws SeriesTooLargeException {
        int seqStep = matching.seq() - state.seq();
        int pidStep = matching.pid() - state.pid();
        SeriesChanges changes = matching.end();
        Datagrams now = state.datagrams();
        try {
            if ((kind & DumpKind.EVENTS) != 0) {
                out.number(DumpColumns.GAP, DumpModel.END);
            }
            if ((kind & DumpKind.COLD) != 0) {
                out.number(DumpColumns.RUN, DumpModel.END);
            }
            kind |= optional(DumpColumns.COUNT, DumpKind.COUNT, state.size() - sizeBefore);
            kind |= optional(DumpColumns.SEQ, DumpKind.SEQ, seqStep - model.seqStep);
            kind |= optional(DumpColumns.PID, DumpKind.PID, pidStep);
            model.seqStep = seqStep;
            kind |= model.received.write(out, now, asked);
            out.number(DumpColumns.KIND, kind);
        } catch (BadColumnsException e) {
            throw new IllegalStateException("columns that are written do not fail", e);
        }
        return changes;
    }

    private int optional(int column, int bit, int value) throws BadColumnsException {
        if (value == 0) {
            return 0;
        }
        out.number(column, value);
        return bit;
    }
}
