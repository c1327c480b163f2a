package dev.sockreel.cli.diff;

import dev.sockreel.cli.choosing.FamilyOptions;
import dev.sockreel.cli.choosing.SnapshotWalk;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.Quality;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.diff.SnapshotDiff;
import dev.sockreel.snapshot.RowVisitor;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SnapshotSockets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sockreel diff}. */
@Command(name = "diff", description = "Says which sockets appeared, are gone or changed between two snapshots.")
public final class DiffCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A capture (.reel).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "LATER", description = "A later capture of the same boot.")
    private @Nullable Path second;

    @Option(names = "--with-ages", description = "Also what changes by itself: tcpi_last_* and other times, the scheduler's states of owners.")
    private boolean withAges;

    @Option(names = "--same-boot", description = "Both files are of one boot, though they do not say of which (imports).")
    private boolean sameBoot;

    @Mixin
    private DiffChoice choice = new DiffChoice();

    @Mixin
    private FamilyOptions families = new FamilyOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Quality quality = new Quality();
        Path later = second == null ? file : second;
        try {
            DiffEnds ends = choice.choose(file, later, families.wanted(), quality);
            ends.check(sameBoot);
            compare(ends, quality);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        quality.tell(err);
        return quality.exitCode();
    }

    private void compare(DiffEnds ends, Quality quality) throws IOException {
        SnapshotDiff diff = new SnapshotDiff(this::rows, withAges);
        String bootId = ends.assumedBoot();
        try (SnapshotWalk walk = new SnapshotWalk(ends.from().file(), bootId)) {
            from(walk, ends.from().snapshot(), diff, quality);
            if (ends.from().file().equals(ends.to().file())) {
                to(walk, ends, diff, quality);
                return;
            }
        }
        try (SnapshotWalk walk = new SnapshotWalk(ends.to().file(), bootId)) {
            to(walk, ends, diff, quality);
        }
    }

    private void from(SnapshotWalk walk, int number, SnapshotDiff diff, Quality quality) throws IOException {
        Snapshot snapshot = walk.to(number);
        diff.from(snapshot, walk.before());
        quality.shown(snapshot, families.wanted());
    }

    private void to(SnapshotWalk walk, DiffEnds ends, SnapshotDiff diff, Quality quality) throws IOException {
        Snapshot snapshot = walk.to(ends.to().snapshot());
        quality.shown(snapshot, families.wanted());
        DiffPrinter printer = DiffPrinter.of(format.format(), ends, Stdout.get());
        printer.end(diff.to(snapshot, ends.areAdjacent() ? SnapshotCookies.NONE : walk.before(), printer));
    }

    private <E extends Exception> void rows(Snapshot snapshot, RowVisitor<E> visitor) throws E {
        new SnapshotSockets(snapshot, families.wanted(), families.wantedTables()).forEach(row -> {
            if (families.wantsFamily(row.socket().family())) {
                visitor.row(row);
            }
        });
    }
}
