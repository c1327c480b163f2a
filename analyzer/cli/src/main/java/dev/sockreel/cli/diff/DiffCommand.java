package dev.sockreel.cli.diff;

import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.choosing.FamilyOptions;
import dev.sockreel.cli.choosing.SameBootOption;
import dev.sockreel.cli.choosing.SnapshotWalk;
import dev.sockreel.cli.naming.StandardInput;
import dev.sockreel.cli.netns.NamespaceOption;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.times.LocalOption;
import dev.sockreel.diff.SnapshotDiff;
import dev.sockreel.filter.Filter;
import dev.sockreel.netns.NamespaceChoice;
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
        addMethodSubcommands = false,
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

    @Parameters(
            index = "1..*",
            paramLabel = "LATER|FILTER",
            description = {
                "A later capture of the same boot, if the first word is a path that exists.",
                "FILTER as in show: sockets that match in the earlier or the later snapshot."
            })
    private List<String> words = List.of();

    @Option(
            names = "--time-wait",
            description = "In text, also list sockets in TIME-WAIT that appeared or are gone, which are counted else.")
    private boolean timeWait;

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
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    private FormatOption format = new FormatOption();

    /** The chosen namespace; knows the snapshots that were looked at. */
    private NamespaceChoice netns = NamespaceChoice.of(null);

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        InputProblems problems = new InputProblems();
        Path file = capture.file();
        try {
            DiffWords given = DiffWords.of(words);
            Filter filter = given.parsed(families.preferredFamily());
            Path later = given.later() == null ? file : given.later();
            if (given.later() != null) {
                StandardInput.check(List.of(file, later), spec);
            }
            if (!file.equals(later)) {
                problems.addRepeats(RepeatedSnapshots.in(List.of(file, later)).list());
            }
            netns = namespace.choice();
            DiffSides sides = options.choose(file, later, s -> families.wanted().and(netns.in(s)::takes),
                    local.times(), problems, err);
            sides.check(sameBoot.isGiven());
            compare(sides, new SnapshotDiff(this::rows, withAges, filter::takes), timeWait || given.namesTimeWait(),
                    problems);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        problems.print(err);
        return problems.exitCode();
    }

    private void compare(DiffSides sides, SnapshotDiff diff, boolean timeWaits, InputProblems problems)
            throws IOException {
        String bootId = sides.assumedBoot();
        try (SnapshotWalk walk = new SnapshotWalk(sides.from().file(), bootId)) {
            from(walk, sides.from().snapshot(), diff, problems);
            if (sides.from().file().equals(sides.to().file())) {
                to(walk, sides, diff, timeWaits, problems);
                return;
            }
        }
        try (SnapshotWalk walk = new SnapshotWalk(sides.to().file(), bootId)) {
            to(walk, sides, diff, timeWaits, problems);
        }
    }

    private void from(SnapshotWalk walk, int number, SnapshotDiff diff, InputProblems problems) throws IOException {
        Snapshot snapshot = walk.to(number);
        diff.from(snapshot, walk.before());
        addTo(problems, snapshot);
    }

    private void to(
            SnapshotWalk walk, DiffSides sides, SnapshotDiff diff, boolean timeWaits, InputProblems problems)
            throws IOException {
        Snapshot snapshot = walk.to(sides.to().snapshot());
        addTo(problems, snapshot);
        Path file = sides.from().file();
        netns.check(file + (file.equals(sides.to().file()) ? "" : " and " + sides.to().file()));
        DiffPrinter printer = DiffPrinter.of(format.format(), sides, timeWaits, local.times(), Stdout.get());
        printer.end(diff.to(snapshot, sides.areAdjacent() ? SnapshotCookies.NONE : walk.before(), printer));
    }

    private void addTo(InputProblems problems, Snapshot snapshot) {
        problems.add(snapshot, families.wanted().and(netns.in(snapshot)::takes), families.wantedTables());
    }

    private <E extends Exception> void rows(Snapshot snapshot, RowVisitor<E> visitor) throws E {
        NamespaceChoice.Here here = netns.in(snapshot);
        new SnapshotSockets(snapshot, families.wanted(), families.wantedTables()).forEach(row -> {
            if (families.wantsFamily(row.socket().family()) && here.takes(row) && !row.isRecorders()) {
                visitor.row(row);
            }
        });
    }
}
