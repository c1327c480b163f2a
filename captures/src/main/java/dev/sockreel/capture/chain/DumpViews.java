package dev.sockreel.capture.chain;

import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesState;
import dev.sockreel.series.SeriesTooLargeException;
import dev.sockreel.series.SeriesView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the dumps of a capture brought until somebody takes it, and compares each with the dump of the same series
 * before, whether one is predicted from the other or not. Memory: a view of each series' last dump.
 */
final class DumpViews implements ChainState.Taken {
    private final Map<SeriesId, Seen> last = new HashMap<>();
    private final Map<Integer, DumpContent> ready = new HashMap<>();

    /** The last dump of a series, and the state that it is of. */
    private record Seen(SeriesState state, SeriesView view) {}

    @Override
    public void dump(int dump, SeriesId id, SeriesState state, SeriesChanges changes) throws SeriesTooLargeException {
        SeriesView view = state.view();
        Seen before = last.put(id, new Seen(state, view));
        DumpContent begun = ready.get(dump);
        if (begun != null) {
            SeriesView old = begun.before();
            ready.put(dump, new DumpContent(dump, view, old, old == null ? null : SeriesChanges.between(old, view)));
        } else if (before == null) {
            ready.put(dump, new DumpContent(dump, view, null, null));
        } else {
            SeriesChanges all = before.state() == state ? changes : SeriesChanges.between(before.view(), view);
            ready.put(dump, new DumpContent(dump, view, before.view(), all));
        }
    }

    /** Returns what a dump brought, once; null when there is nothing. */
    @Nullable
    DumpContent take(int dump) {
        return ready.remove(dump);
    }

    /** Returns what a dump brought so far, and keeps it. */
    @Nullable
    DumpContent peek(int dump) {
        return ready.get(dump);
    }

    int datagrams(int dump) {
        DumpContent content = ready.get(dump);
        return content == null ? 0 : content.view().datagrams().count();
    }

    /** Forgets what was not taken, at the end of a snapshot. */
    void drop() {
        ready.clear();
    }

    /** Forgets everything: another capture begins. */
    void clear() {
        ready.clear();
        last.clear();
    }
}
