package dev.sockreel.cli.diff;

import dev.sockreel.cli.choosing.CaptureTimes;
import dev.sockreel.cli.choosing.MomentChoice;
import dev.sockreel.cli.choosing.OneSnapshot;
import dev.sockreel.cli.choosing.SnapshotSelector;
import dev.sockreel.cli.choosing.TimeParameter;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.reading.Moments;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
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
     * Finds both snapshots. Reads all of a file only where that is needed to find them, or where it finds damage.
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
        try (Moments moments = Moments.open(earlier)) {
            SideBuilder first =
                    new SideBuilder(from, times, () -> SnapshotSelector.firstComplete(wanted), earlier);
            SideBuilder last = new SideBuilder(to, times, () -> SnapshotSelector.lastComplete(wanted), later);
            find(moments, List.of(first, last), problems);
            return new DiffSides(first.build(err), last.build(err));
        }
    }

    private static DiffSide side(
            Path file, @Nullable String which, SnapshotSelector.Wanted wanted, ShownTimes times, InputProblems problems,
            PrintWriter err) throws IOException {
        try (Moments moments = Moments.open(file)) {
            SideBuilder only = new SideBuilder(which, times, () -> SnapshotSelector.lastComplete(wanted), file);
            find(moments, List.of(only), problems);
            return only.build(err);
        }
    }

    private static void find(Moments moments, List<SideBuilder> all, InputProblems problems) throws IOException {
        for (SideBuilder one : all) {
            if (!one.find(moments)) {
                offer(moments.whole(), all);
                break;
            }
        }
        problems.add(moments.capture());
    }

    private static void offer(SnapshotReader reader, List<SideBuilder> all) throws IOException {
        for (SideBuilder one : all) {
            one.begin();
        }
        Snapshot s;
        while ((s = reader.next()) != null) {
            for (SideBuilder one : all) {
                one.offer(s);
            }
        }
    }

    /** Keeps the data of the snapshot that a selector has selected so far. */
    private static final class SideBuilder {
        private final @Nullable String which;
        private final ShownTimes times;
        private final Supplier<SnapshotSelector> unnamed;
        private final Path file;
        private @Nullable SnapshotSelector selector;
        private @Nullable DiffSide side;

        SideBuilder(@Nullable String which, ShownTimes times, Supplier<SnapshotSelector> unnamed, Path file) {
            this.which = which;
            this.times = times;
            this.unnamed = unnamed;
            this.file = file;
        }

        /** Goes to the snapshot; returns false where all is to be read. */
        boolean find(Moments moments) throws IOException {
            selector = MomentChoice.find(moments, () -> selector(() -> CaptureTimes.listed(moments)),
                    s -> side = DiffSide.of(file, s));
            return selector != null;
        }

        private @Nullable SnapshotSelector selector(CaptureTimes.Source captured) throws IOException {
            return which == null ? unnamed.get() : SnapshotSelector.nearest(which, captured, times);
        }

        /** Begins to look at all snapshots. */
        void begin() throws IOException {
            selector = selector(() -> CaptureTimes.of(List.of(file)));
            side = null;
        }

        void offer(Snapshot s) {
            side = Objects.requireNonNull(selector).takes(s) ? DiffSide.of(file, s) : side;
        }

        DiffSide build(PrintWriter err) throws IOException {
            SnapshotSelector found = Objects.requireNonNull(selector);
            found.check(file);
            OneSnapshot.printReading(found, err);
            return Objects.requireNonNull(side);
        }
    }
}
