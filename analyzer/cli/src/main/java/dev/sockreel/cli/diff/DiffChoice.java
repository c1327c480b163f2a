package dev.sockreel.cli.diff;

import dev.sockreel.cli.choosing.SnapshotPick;
import dev.sockreel.cli.printing.Quality;
import dev.sockreel.dump.Dump;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --from}, {@code --to}: which two snapshots are compared. */
final class DiffChoice {
    @Option(names = "--from", paramLabel = "N|TIME", description = "The earlier snapshot: its number, or a time as with show --at (the first that is complete; of "
            + "two files the last).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "N|TIME", description = "The later snapshot (the last that is complete).")
    private @Nullable String to;

    /**
     * Reads both files to their ends, so that their damage is known whatever was chosen.
     *
     * @throws IllegalArgumentException one sentence, when there is no such snapshot or time
     */
    DiffEnds choose(Path earlier, Path later, Predicate<Dump> wanted, Quality quality) throws IOException {
        if (!earlier.equals(later)) {
            return new DiffEnds(ofOne(earlier, from, wanted, quality), ofOne(later, to, wanted, quality));
        }
        try (SnapshotReader reader = SnapshotReader.open(earlier)) {
            Taken first =
                    new Taken(from == null ? SnapshotPick.firstComplete(wanted) : SnapshotPick.of(from, reader),
                            earlier);
            Taken last = new Taken(to == null ? SnapshotPick.lastComplete(wanted) : SnapshotPick.of(to, reader), later);
            offer(reader, List.of(first, last), quality);
            return new DiffEnds(first.end(reader), last.end(reader));
        }
    }

    private static DiffEnd ofOne(Path file, @Nullable String which, Predicate<Dump> wanted, Quality quality)
            throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Taken only =
                    new Taken(which == null ? SnapshotPick.lastComplete(wanted) : SnapshotPick.of(which, reader), file);
            offer(reader, List.of(only), quality);
            return only.end(reader);
        }
    }

    private static void offer(SnapshotReader reader, List<Taken> all, Quality quality) throws IOException {
        Snapshot s;
        while ((s = reader.next()) != null) {
            for (Taken one : all) {
                one.offer(s);
            }
        }
        quality.read(reader.capture());
    }

    /** What is kept of the snapshot that a pick took. */
    private static final class Taken {
        private final SnapshotPick pick;
        private final Path file;
        private @Nullable DiffEnd end;

        Taken(SnapshotPick pick, Path file) {
            this.pick = pick;
            this.file = file;
        }

        void offer(Snapshot s) {
            end = pick.takes(s) ? DiffEnd.of(file, s) : end;
        }

        DiffEnd end(SnapshotReader reader) {
            if (end == null) {
                throw new IllegalArgumentException(pick.whyNone(reader));
            }
            return end;
        }
    }
}
