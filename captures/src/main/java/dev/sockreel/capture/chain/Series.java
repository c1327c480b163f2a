package dev.sockreel.capture.chain;

import dev.sockreel.delta.DumpDecoder;
import dev.sockreel.delta.DumpEncoder;
import dev.sockreel.series.SeriesState;
import org.jspecify.annotations.Nullable;

/** One series of a chain: its state, and what writes or applies its dumps. */
final class Series {
    private final SeriesId id;
    private final SeriesState state;
    private @Nullable DumpEncoder encoder;
    private @Nullable DumpDecoder decoder;
    /** True while a dump of it is open: another of the same series cannot be predicted meanwhile. */
    private boolean busy;

    Series(SeriesId id, SeriesState state) {
        this.id = id;
        this.state = state;
    }

    SeriesId id() {
        return id;
    }

    SeriesState state() {
        return state;
    }

    DumpEncoder encoder() {
        DumpEncoder made = encoder;
        if (made == null) {
            made = new DumpEncoder(state);
            encoder = made;
        }
        return made;
    }

    DumpDecoder decoder() {
        DumpDecoder made = decoder;
        if (made == null) {
            made = new DumpDecoder(state);
            decoder = made;
        }
        return made;
    }

    boolean isBusy() {
        return busy;
    }

    void busy(boolean now) {
        busy = now;
    }
}
