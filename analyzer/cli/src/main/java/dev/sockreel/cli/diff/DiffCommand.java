package dev.sockreel.cli.diff;

import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.choosing.FamilyOptions;
import dev.sockreel.cli.choosing.SameBootOption;
import dev.sockreel.cli.choosing.SnapshotWalk;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.diff.SnapshotDiff;
import dev.sockreel.reading.RepeatedSnapshots;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.snapshot.RowVisitor;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SnapshotSockets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code sockreel diff} command. */
@Command(
        name = "diff",
        description = "Shows which sockets appeared, disappeared or changed between two snapshots.",
        footer = {
            "sockreel diff host.reel --from -5m",
            "What changed in the last five minutes?",
            "sockreel diff monday.reel tuesday.reel -t",
            "Which tcp sockets differ between two captures of one boot?"
        })
public final class DiffCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CaptureArgument capture = new CaptureArgument();

    @Parameters(index = "1", arity = "0..1", paramLabel = "LATER", description = "A later capture of the same boot.")
    private @Nullable Path second;

    @Option(
            names = "--with-ages",
            order = OptionGroup.ORDER_OUTPUT,
            description = "Include what always changes: tcpi_last_* and other times, scheduling states of owners.")
    private boolean withAges;

    @Mixin
    private SameBootOption sameBoot = new SameBootOption();

    @Mixin
    private DiffOptions options = new DiffOptions();

    @Mixin
    private FamilyOptions families = new FamilyOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        InputProblems problems = new InputProblems();
        Path file = capture.file();
        Path later = second == null ? file : second;
        if (!file.equals(later)) {
            problems.addRepeats(RepeatedSnapshots.in(List.of(file, later)).list());
        }
        try {
            DiffSides sides = options.choose(file, later, families.wanted(), problems);
            sides.check(sameBoot.isGiven());
            compare(sides, problems);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        problems.print(err);
        return problems.exitCode();
    }

    private void compare(DiffSides sides, InputProblems problems) throws IOException {
        SnapshotDiff diff = new SnapshotDiff(this::rows, withAges);
        String bootId = sides.assumedBoot();
        try (SnapshotWalk walk = new SnapshotWalk(sides.from().file(), bootId)) {
            from(walk, sides.from().snapshot(), diff, problems);
            if (sides.from().file().equals(sides.to().file())) {
                to(walk, sides, diff, problems);
                return;
            }
        }
        try (SnapshotWalk walk = new SnapshotWalk(sides.to().file(), bootId)) {
            to(walk, sides, diff, problems);
        }
    }

    private void from(SnapshotWalk walk, int number, SnapshotDiff diff, InputProblems problems) throws IOException {
        Snapshot snapshot = walk.to(number);
        diff.from(snapshot, walk.before());
        problems.add(snapshot, families.wanted(), families.wantedTables());
    }

    private void to(SnapshotWalk walk, DiffSides sides, SnapshotDiff diff, InputProblems problems) throws IOException {
        Snapshot snapshot = walk.to(sides.to().snapshot());
        problems.add(snapshot, families.wanted(), families.wantedTables());
        DiffPrinter printer = DiffPrinter.of(format.format(), sides, Stdout.get());
        printer.end(diff.to(snapshot, sides.areAdjacent() ? SnapshotCookies.NONE : walk.before(), printer));
    }

    private <E extends Exception> void rows(Snapshot snapshot, RowVisitor<E> visitor) throws E {
        new SnapshotSockets(snapshot, families.wanted(), families.wantedTables()).forEach(row -> {
            if (families.wantsFamily(row.socket().family())) {
                visitor.row(row);
            }
        });
    }
}
