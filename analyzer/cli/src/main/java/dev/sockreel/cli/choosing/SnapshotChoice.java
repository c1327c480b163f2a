package dev.sockreel.cli.choosing;

import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.reading.Moments;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The {@code --snapshot}, {@code --at} and {@code --all} options, beside a range. The default is the last complete
 * snapshot.
 */
public final class SnapshotChoice {
    @ArgGroup
    private OneOrAll chosen = new OneOrAll();

    static final class OneOrAll extends OneSnapshot {
        @Option(names = "--all", description = "All snapshots.")
        private boolean all;
    }

    /** The chosen snapshots, one after another. */
    public interface Chosen {
        /** Returns the next one, null after the last; then the capture was read to its end and its damage is known. */
        @Nullable
        Snapshot next() throws IOException;
    }

    /**
     * Returns the chosen snapshots. Reads the capture to its end, so that all its damage is found, unless one is
     * chosen.
     *
     * @param wanted the dumps to be shown, which should be complete
     * @param range  taken if any of its bounds is given
     * @param times  how times are read and shown
     * @throws IllegalArgumentException if the capture has no times, the text is not a time, or both a range and one
     *                                  snapshot are asked for
     * @throws IOException              if the capture has no such snapshot, or its span does not include the time
     */
    public Chosen of(Moments moments, SnapshotSelector.Wanted wanted, SnapshotRange range, ShownTimes times,
            PrintWriter err) throws IOException {
        if (range.isGiven()) {
            if (chosen.all || chosen.isGiven()) {
                throw new IllegalArgumentException(
                        "--from and --to choose a range: leave out --snapshot, --at and --all");
            }
            return within(moments.whole(), range);
        }
        if (chosen.all) {
            return moments.whole()::next;
        }
        Iterator<Snapshot> only = List.of(chosen.choose(moments, wanted, times, err)).iterator();
        return () -> only.hasNext() ? only.next() : null;
    }

    private static Chosen within(SnapshotReader reader, SnapshotRange range) throws IOException {
        List<Path> files = List.of(reader.capture().path());
        SnapshotRange.Filter filter = range.filter(files);
        return () -> {
            Snapshot s;
            while ((s = reader.next()) != null) {
                if (filter.takes(s)) {
                    return s;
                }
            }
            filter.check(files);
            return null;
        };
    }

    public boolean isAll() {
        return chosen.all;
    }
}
