package dev.sockreel.cli.choosing;

import dev.sockreel.dump.Dump;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The {@code --snapshot}, {@code --at} and {@code --all} options. The default is the last complete snapshot. */
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
     * Returns the chosen snapshots. Reads the capture to its end, so that all its damage is found.
     *
     * @param wanted the dumps to be shown, which should be complete
     * @throws IllegalArgumentException if the capture has no times or the text is not a time
     * @throws IOException              if the capture has no such snapshot, or its span does not include the time
     */
    public Chosen of(SnapshotReader reader, Predicate<Dump> wanted, PrintWriter err) throws IOException {
        if (chosen.all) {
            return reader::next;
        }
        Iterator<Snapshot> only = List.of(chosen.choose(reader, wanted, err)).iterator();
        return () -> only.hasNext() ? only.next() : null;
    }

    public boolean isAll() {
        return chosen.all;
    }
}
