package dev.sockreel.cli.history;

import dev.sockreel.cache.HistoryAnswer;
import dev.sockreel.cli.choosing.CacheEntry;
import dev.sockreel.cli.choosing.CacheOptions;
import dev.sockreel.cli.choosing.Candidates;
import dev.sockreel.cli.choosing.CaptureSeries;
import dev.sockreel.cli.choosing.ReadableCaptures;
import dev.sockreel.cli.choosing.SameBootOption;
import dev.sockreel.cli.choosing.SnapshotRange;
import dev.sockreel.cli.choosing.SocketSpec;
import dev.sockreel.cli.naming.StandardInput;
import dev.sockreel.cli.netns.NamespaceOption;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.times.LocalOption;
import dev.sockreel.dump.Dump;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.HistoryRun;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code sockreel history} command. Reads the captures twice: to find the socket, then to follow it. */
@Command(
        name = "history",
        addMethodSubcommands = false,
        description = "Shows one socket in all snapshots.",
        customSynopsis = "sockreel history [OPTIONS] FILE... SOCKET",
        footer = {
            "sockreel history host.reel 127.0.0.1:80 127.0.0.1:5000",
            "What did this connection do, and how fast was it read?",
            "sockreel history a.reel b.reel cookie:40 --format csv",
            "Its queues over two captures, as a table for a spreadsheet."
        })
public final class HistoryCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE... SOCKET",
            description = "Captures (.reel) of one boot, then the socket.")
    @SuppressWarnings("NullAway.Init")
    private List<String> words;

    @Mixin
    private SameBootOption sameBoot = new SameBootOption();

    @Mixin
    private SnapshotRange range = new SnapshotRange();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    private CacheOptions cache = new CacheOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        HistoryArguments given = HistoryArguments.of(words);
        StandardInput.check(given.files(), spec);
        SocketSpec named = parsed(given.socket());
        List<String> asked = new ArrayList<>(given.socket());
        asked.add(Boolean.toString(sameBoot.isGiven()));
        asked.addAll(range.keyWords());
        asked.addAll(namespace.keyWords());
        InputProblems passedOver = new InputProblems();
        List<Path> files = ReadableCaptures.of(given.files(), passedOver);
        CacheEntry cached = range.isToBeReadAloud() ? CacheEntry.NONE : cache.entry(asked, files);
        Optional<HistoryAnswer> kept = cached.get(HistoryAnswer.class);
        return kept.isPresent() ? print(kept.get(), files, passedOver) : compute(named, files, passedOver, cached);
    }

    private int print(HistoryAnswer answer, List<Path> given, InputProblems passedOver) throws IOException {
        List<Path> files = answer.order().stream().map(given::get).toList();
        HistoryPrinter printer = HistoryPrinter.of(format.format(), files, local.times(), Stdout.get());
        for (HistoryAnswer.Step step : answer.steps()) {
            printer.snapshot(step.part(), step.now(), step.row());
        }
        printer.end(answer.history());
        InputProblems problems = InputProblems.of(answer.shortfalls(), files);
        problems.addPassedOver(passedOver);
        return print(problems);
    }

    private int print(InputProblems problems) {
        problems.print(spec.commandLine().getErr());
        return problems.exitCode();
    }

    private int compute(SocketSpec named, List<Path> files, InputProblems problems, CacheEntry cached)
            throws IOException {
        Candidates candidates = new Candidates(named);
        CaptureSeries series = CaptureSeries.of(files, sameBoot.isGiven(), range, problems);
        NamespaceChoice netns = namespace.choice();
        series.forEach(problems, (part, snapshot) -> candidates.add(snapshot, netns.in(snapshot)::takes));
        netns.check(series.name());
        SocketRow socket = candidates.one();
        if (socket == null) {
            PrintWriter err = spec.commandLine().getErr();
            problems.print(err);
            return candidates.printFailure(series.name(), err);
        }
        boolean isOfAll = series.files().size() == files.size();
        follow(socket, series, problems, isOfAll ? cached : CacheEntry.NONE);
        return print(problems);
    }

    private SocketSpec parsed(List<String> socket) {
        try {
            return SocketSpec.parse(socket);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void follow(SocketRow socket, CaptureSeries series, InputProblems problems, CacheEntry cached)
            throws IOException {
        SocketIdentity identity = Objects.requireNonNull(socket.identity());
        Predicate<Dump> ofSameKind = dump -> dump.request().covers(socket.socket());
        HistoryRun run = HistoryRun.of(List.of(socket));
        HistoryPrinter printer = HistoryPrinter.of(format.format(), series.files(), local.times(), Stdout.get());
        List<HistoryAnswer.Step> steps = new ArrayList<>();
        series.forEach(new InputProblems(), (part, snapshot) -> {
            run.add(snapshot);
            problems.add(snapshot, ofSameKind, asked -> asked.isOfKind(socket.socket()));
            HistoryPoint now = Objects.requireNonNull(run.now(identity));
            SocketRow row = now instanceof HistoryPoint.Seen ? row(snapshot, identity) : null;
            printer.snapshot(part, now, row);
            if (steps.size() <= HistoryAnswer.MAX_STEPS) {
                steps.add(new HistoryAnswer.Step(part, now, row));
            }
        });
        SocketHistory history = run.finish().getFirst();
        printer.end(history);
        if (steps.size() <= HistoryAnswer.MAX_STEPS) {
            cached.put(new HistoryAnswer(series.order(), steps, history, problems.shortfalls()));
        }
    }

    private static @Nullable SocketRow row(Snapshot snapshot, SocketIdentity identity) {
        return new SnapshotSockets(snapshot).first(row -> identity.equals(row.identity()));
    }
}
