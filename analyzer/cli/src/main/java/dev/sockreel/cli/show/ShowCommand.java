package dev.sockreel.cli.show;

import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.choosing.FamilyOptions;
import dev.sockreel.cli.choosing.SnapshotChoice;
import dev.sockreel.cli.choosing.SnapshotRange;
import dev.sockreel.cli.netns.NamespaceOption;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.times.LocalOption;
import dev.sockreel.dump.Dump;
import dev.sockreel.filter.Filter;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.order.SortedRows;
import dev.sockreel.reading.Moments;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.TcpState;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code sockreel show} command. */
@Command(
        name = "show",
        addMethodSubcommands = false,
        description = "Shows the sockets of a snapshot, by default of the last complete one.",
        footer = {
            "sockreel show host.reel 'unread > 0 comm = nginx'",
            "Which sockets of nginx hold bytes that it has not read?",
            "sockreel show host.reel --at 14:32 -t state close-wait",
            "Which tcp connections had been closed by the other end alone at 14:32?"
        })
public final class ShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CaptureArgument capture = new CaptureArgument();

    @Parameters(
            index = "1..*",
            paramLabel = "FILTER",
            description = "Only the sockets that match.")
    private List<String> filter = List.of();

    @Option(names = {"-l", "--listening"}, description = "Only listening sockets.")
    private boolean listening;

    @Mixin
    private FamilyOptions families = new FamilyOptions();

    @Option(
            names = "--sort",
            paramLabel = "FIELD[:asc|:desc]",
            description = "Sort by fields, with commas between them. Numbers begin with the highest, text with the"
                    + " lowest; unknown values come last.")
    private @Nullable String sort;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Only the first N of a snapshot; without --sort those with the most unread data.")
    private @Nullable Integer top;

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private SnapshotChoice choice = new SnapshotChoice();

    @Mixin
    private SnapshotRange range = new SnapshotRange();

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        InputProblems problems = new InputProblems();
        try (Moments moments = Moments.open(capture.file())) {
            Filter parsed = Filter.parse(filter, families.preferredFamily());
            Predicate<Dump> wanted = families.wanted();
            SortedRows sorted = sort == null && top == null ? null
                    : SortedRows.by(sort, top == null ? SortedRows.MAX_ROWS : top);
            NamespaceChoice netns = namespace.choice();
            SocketPrinter printer = null;
            SnapshotChoice.Chosen chosen = choice.of(
                    moments, s -> wanted.and(netns.in(s)::takes), range, local.times(), err);
            Snapshot snapshot;
            while ((snapshot = chosen.next()) != null) {
                NamespaceChoice.Here here = netns.in(snapshot);
                boolean several = choice.isAll() || range.isGiven();
                if (!several) {
                    netns.check(capture.file().toString());
                }
                if (printer == null) {
                    printer = SocketPrinter.of(format.format(), Stdout.get(), several);
                }
                printer.namespaces(namespace.isGiven() ? 1 : snapshot.namespaces().size());
                show(snapshot, here, parsed, sorted, printer);
                problems.add(snapshot, wanted.and(here::takes), families.wantedTables());
            }
            netns.check(capture.file().toString());
            if (printer != null) {
                printer.end();
            }
            problems.add(moments.capture());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        problems.print(err);
        return problems.exitCode();
    }

    private void show(
            Snapshot snapshot, NamespaceChoice.Here here, Filter parsed, @Nullable SortedRows sorted,
            SocketPrinter printer) throws IOException {
        // as in ss, states that are named count instead of the option
        boolean listenersAlone = listening && parsed.states().isEmpty();
        new SnapshotSockets(snapshot, families.wanted(), families.wantedTables()).forEach(row -> {
            if (families.wantsFamily(row.socket().family()) && here.takes(row) && parsed.takes(row)
                    && !(listenersAlone && row.socket().stateNumber() != TcpState.LISTEN)) {
                if (sorted == null) {
                    printer.row(row);
                } else {
                    sorted.add(row);
                }
            }
        });
        for (SocketRow row : sorted == null ? List.<SocketRow>of() : sorted.take()) {
            printer.row(row);
        }
    }
}
