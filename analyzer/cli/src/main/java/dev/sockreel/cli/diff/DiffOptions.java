package dev.sockreel.cli.diff;

import dev.sockreel.cli.choosing.OneSnapshot;
import dev.sockreel.cli.choosing.SnapshotSelector;
import dev.sockreel.cli.choosing.TimeParameter;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --from} and {@code --to} options, which choose the two snapshots to compare. */
final class DiffOptions {
    @Option(
            names = "--from",
            paramLabel = "N|TIME",
            preprocessor = TimeParameter.class,
            converter = TimeParameter.class,
            description = "The earlier snapshot, by number or time; outside the capture, its first or last. "
                    + "Default: the first complete one; with two files, the last complete one of the earlier.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "N|TIME",
            preprocessor = TimeParameter.class,
            converter = TimeParameter.class,
            description = "The later snapshot. Default: the last complete one.")
    private @Nullable String to;

    /**
     * Finds both snapshots. Reads both files to their ends, so that all their damage is found.
     *
     * @throws IllegalArgumentException if a capture has no times or the text is not a time
     * @throws IOException              if a capture has no such snapshot
     */
    DiffSides choose(
            Path earlier, Path later, SnapshotSelector.Wanted wanted, ShownTimes times, InputProblems problems,
            PrintWriter err) throws IOException {
        if (!earlier.equals(later)) {
            return new DiffSides(
                    side(earlier, from, wanted, times, problems, err), side(later, to, wanted, times, problems, err));
        }
        try (SnapshotReader reader = SnapshotReader.open(earlier)) {
            SideBuilder first =
                    new SideBuilder(selector(from, reader, times, SnapshotSelector.firstComplete(wanted)), earlier);
            SideBuilder last =
                    new SideBuilder(selector(to, reader, times, SnapshotSelector.lastComplete(wanted)), later);
            offer(reader, List.of(first, last), problems);
            return new DiffSides(first.build(err), last.build(err));
        }
    }

    private static DiffSide side(
            Path file, @Nullable String which, SnapshotSelector.Wanted wanted, ShownTimes times, InputProblems problems,
            PrintWriter err) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            SideBuilder only =
                    new SideBuilder(selector(which, reader, times, SnapshotSelector.lastComplete(wanted)), file);
            offer(reader, List.of(only), problems);
            return only.build(err);
        }
    }

    private static SnapshotSelector selector(
            @Nullable String which, SnapshotReader reader, ShownTimes times, SnapshotSelector unnamed)
            throws IOException {
        return which == null ? unnamed : SnapshotSelector.nearest(which, reader, times);
    }

    private static void offer(SnapshotReader reader, List<SideBuilder> all, InputProblems problems) throws IOException {
        Snapshot s;
        while ((s = reader.next()) != null) {
            for (SideBuilder one : all) {
                one.offer(s);
            }
        }
        problems.add(reader.capture());
    }

    /** Keeps the data of the snapshot that a selector has selected so far. */
    private static final class SideBuilder {
        private final SnapshotSelector selector;
        private final Path file;
        private @Nullable DiffSide side;

        SideBuilder(SnapshotSelector selector, Path file) {
            this.selector = selector;
            this.file = file;
        }

        void offer(Snapshot s) {
            side = selector.takes(s) ? DiffSide.of(file, s) : side;
        }

        DiffSide build(PrintWriter err) throws IOException {
            selector.check(file);
            OneSnapshot.printReading(selector, err);
            return Objects.requireNonNull(side);
        }
    }
}
