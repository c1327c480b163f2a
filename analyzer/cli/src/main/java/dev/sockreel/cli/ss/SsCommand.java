package dev.sockreel.cli.ss;

import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.choosing.OneSnapshot;
import dev.sockreel.cli.netns.NamespaceOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Streams;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.LocalOption;
import dev.sockreel.dump.Dump;
import dev.sockreel.filter.Filter;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.reading.Moments;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code sockreel ss} command. */
@Command(
        name = "ss",
        addMethodSubcommands = false,
        description = "Works like ss on a capture, with ss's options, filter and output.",
        footer = {
            "sockreel ss host.reel -tanp",
            "What would `ss -tanp` have printed?",
            "sockreel ss host.reel -xl --at -5m",
            "Which unix sockets listened five minutes before the end?"
        })
public final class SsCommand implements Callable<Integer> {
    private static final String STDIN = "-";
    /** The number of namespaces listed on one line. */
    private static final int MAX_NAMES = 20;

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

    @Option(
            names = {"-F", "--filter"},
            paramLabel = "FILE",
            description = "Read more of the filter from FILE (- is standard input).")
    private @Nullable String filterFile;

    @Option(names = {"-s", "--summary"}, order = OptionGroup.ORDER_OUTPUT, description = "Socket counts.")
    private boolean summary;

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    private SsSelectionOptions options = new SsSelectionOptions();

    @Mixin
    private SsDisplayOptions display = new SsDisplayOptions();

    @Mixin
    @SuppressWarnings("UnusedVariable") // its options throw when they are given
    private SsUnsupportedOptions unsupported = new SsUnsupportedOptions();

    @ArgGroup
    private OneSnapshot snapshotOption = new OneSnapshot();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        InputProblems problems = new InputProblems();
        try {
            List<String> words = words();
            Filter rows = Filter.parse(words, options.selection().preferredFamily());
            boolean everything = options.selection().namesNothing();
            SsSelection chosen = options.selection().choose(rows.states(), rows.family());
            try (Moments moments = Moments.open(capture.file())) {
                Snapshot snapshot = snapshotOption.choose(moments, s -> {
                    NamespaceChoice.Here here = namespace.choice().in(s);
                    return dump -> chosen.wants(dump.request()) && here.takes(dump);
                }, local.times(), err);
                int netns = netns(snapshot, err);
                Predicate<Dump> wanted = dump -> dump.begin().netns() == netns && chosen.wants(dump.request());
                if (summary) {
                    summarize(snapshot, netns);
                }
                if (!summary || !everything || !words.isEmpty()) {
                    SsAvailability.check(snapshot, wanted, chosen, display.filters());
                    list(snapshot, netns, chosen, rows, err);
                }
                problems.add(snapshot, wanted, chosen::wants);
                problems.add(moments.capture());
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        problems.print(err);
        return problems.exitCode();
    }

    private List<String> words() throws IOException {
        if (filterFile == null) {
            return filter;
        }
        String text = filterFile.equals(STDIN)
                ? new String(Streams.current().in().readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(filterFile));
        List<String> words = new ArrayList<>(filter);
        Arrays.stream(text.split("\\s+", -1)).filter(w -> !w.isEmpty()).forEach(words::add);
        return words;
    }

    /** Returns the number of the chosen namespace in the file. */
    private int netns(Snapshot snapshot, PrintWriter err) throws IOException {
        List<NetworkNamespace> all = snapshot.namespaces().values().stream()
                .sorted((a, b) -> Integer.compare(a.netns(), b.netns()))
                .toList();
        if (!namespace.isGiven()) {
            if (all.size() > 1) {
                err.println("showing the first of " + all.size() + " network namespaces; use -N NAME for another: "
                        + names(all));
            }
            return all.isEmpty() ? 0 : all.getFirst().netns();
        }
        NamespaceChoice choice = namespace.choice();
        NamespaceChoice.Here here = choice.in(snapshot);
        choice.check(capture.file() + ", snapshot " + snapshot.index() + ",");
        return here.numbers().stream().min(Integer::compare).orElse(0);
    }

    private static String names(List<NetworkNamespace> all) {
        List<String> names = all.stream().map(NetworkNamespace::name).filter(n -> !n.isEmpty()).toList();
        int more = names.size() - MAX_NAMES;
        return names.isEmpty() ? "only that of the recorder"
                : Terminal.printable(String.join(" ", names.subList(0, Math.min(names.size(), MAX_NAMES))))
                        + (more > 0 ? " and " + more + " more" : "");
    }

    private void summarize(Snapshot snapshot, int netns) throws IOException {
        Summary counts = new Summary(snapshot, netns);
        if (!counts.isRecorded()) {
            throw new IllegalArgumentException(
                    "-s needs /proc/net/sockstat, which is not recorded in snapshot " + snapshot.index());
        }
        counts.print(Stdout.get().writer());
        Stdout.get().check();
    }

    private void list(Snapshot snapshot, int netns, SsSelection chosen, Filter rows, PrintWriter err)
            throws IOException {
        boolean owners = snapshot.owners().isRecorded();
        if (display.processes() && !owners) {
            err.println("-p: owners of sockets were not recorded");
        } else if (display.processes() && snapshot.owners().scanSnapshot() != snapshot.index()) {
            String time = local.times().nanos(snapshot.owners().begun().realtimeNs());
            err.println("-p: owners are those of snapshot " + snapshot.owners().scanSnapshot()
                    + (time == null ? "" : ", as of " + time));
        }
        Stdout out = Stdout.get();
        new SsListing(chosen, display.toDisplay(owners), out.stream(), out::check, screenWidth())
                .print(snapshot, netns, rows.expression());
    }

    /** Returns the columns of the terminal; without a terminal those of COLUMNS, as in ss; or else 0. */
    private int screenWidth() {
        if (Streams.current().outTerminal()) {
            return Terminal.columns();
        }
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(columns) : 0;
    }
}
