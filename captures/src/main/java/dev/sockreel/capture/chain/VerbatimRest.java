package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.series.SeriesTooLargeException;
import dev.sockreel.series.SeriesView;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The rest of a predicted snapshot that is stored as it is, because its recorder had no memory left to predict it:
 * dumps, and the ends of dumps whose first datagrams are predicted. No other snapshot is predicted from this one.
 */
final class VerbatimRest {
    private final DumpViews views;
    private final long limitBytes;
    private final ByteOrder order;
    /** Predicted dumps without an end so far. */
    private final Map<Integer, DumpBegin> open = new LinkedHashMap<>();
    /** A state for each open dump, since several of one series may be open. */
    private final Map<Integer, ChainState> states = new LinkedHashMap<>();

    VerbatimRest(DumpViews views, ByteOrder order, long limitBytes) {
        this.views = views;
        this.order = order;
        this.limitBytes = limitBytes;
    }

    /** Notes a record that was predicted. */
    void predicted(CaptureRecord record) {
        if (record instanceof DumpBegin begin) {
            open.put(begin.dump(), begin);
        } else if (record instanceof DumpEnd end) {
            open.remove(end.dump());
        }
    }

    /** Returns the numbers of predicted dumps that have no end so far. */
    Set<Integer> open() {
        return open.keySet();
    }

    /** Takes a record that is stored as it is. */
    void take(CaptureRecord record) throws SeriesTooLargeException {
        switch (record) {
            case DumpBegin begin -> begin(begin);
            case Datagram d -> {
                DumpBegin begin = open.remove(d.dump());
                if (begin != null) {
                    takeBegun(begin, begin(begin));
                }
                learn(d.dump(), d);
            }
            case DumpEnd end -> {
                learn(end.dump(), end);
                states.remove(end.dump());
            }
            case SnapshotEnd end -> {
                for (ChainState unended : states.values()) {
                    unended.learnDumps(end);
                }
                states.clear();
            }
            default -> {}
        }
    }

    private ChainState begin(DumpBegin dump) throws SeriesTooLargeException {
        ChainState state = new ChainState(order, limitBytes, views);
        state.learnDumps(dump);
        states.put(dump.dump(), state);
        return state;
    }

    private void learn(int dump, CaptureRecord record) throws SeriesTooLargeException {
        ChainState state = states.get(dump);
        if (state != null) {
            state.learnDumps(record);
        }
    }

    /** Takes the first datagrams of a dump, which were predicted, once more. */
    private void takeBegun(DumpBegin begin, ChainState to) throws SeriesTooLargeException {
        DumpContent first = views.peek(begin.dump());
        if (first != null) {
            SeriesView view = first.view();
            for (int i = 0; i < view.datagrams().count(); i++) {
                to.learnDumps(view.datagram(i));
            }
        }
    }
}
