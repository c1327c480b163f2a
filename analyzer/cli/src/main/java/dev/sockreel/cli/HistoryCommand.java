package dev.sockreel.cli;

import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.HistoryRun;
import dev.sockreel.snapshot.Dump;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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

/** {@code sockreel history}: the captures are read twice, first to find the socket, then to follow it. */
@Command(name = "history", description = "Shows one socket over all snapshots.",
        customSynopsis = "sockreel history [OPTIONS] FILE... SOCKET",
        footer = {"", "SOCKET is " + SocketSpec.FORMS + "."})
final class HistoryCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE... SOCKET",
            description = "Captures (.reel) of one boot, then the words that name the socket.")
    @SuppressWarnings("NullAway.Init")
    private List<String> words;

    @Option(names = "--same-boot",
            description = "The files are of one boot, though they do not say of which (imports).")
    private boolean sameBoot;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        SocketWords given = SocketWords.of(words);
        Candidates candidates = new Candidates(parsed(given.socket()));
        Quality quality = new Quality();
        CaptureSeries series = CaptureSeries.of(given.files(), sameBoot);
        series.forEach(quality, (part, snapshot) -> candidates.add(snapshot));
        SocketRow socket = candidates.one();
        if (socket == null) {
            quality.tell(err);
            return candidates.tell(series.name(), err);
        }
        follow(socket, series, quality);
        quality.tell(err);
        return quality.exitCode();
    }

    private SocketSpec parsed(List<String> socket) {
        try {
            return SocketSpec.parse(socket);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void follow(SocketRow socket, CaptureSeries series, Quality quality) throws IOException {
        SocketIdentity identity = Objects.requireNonNull(socket.identity());
        Predicate<Dump> ofItsKind = dump -> dump.request().covers(socket.socket());
        HistoryRun run = HistoryRun.of(List.of(socket));
        HistoryPrinter printer = HistoryPrinter.of(format.format(), series.files(), Stdout.get());
        series.forEach(new Quality(), (part, snapshot) -> {
            run.add(snapshot);
            quality.shown(snapshot, ofItsKind);
            HistoryPoint now = Objects.requireNonNull(run.now(identity));
            printer.snapshot(part, now, now instanceof HistoryPoint.Seen ? row(snapshot, identity) : null);
        });
        printer.end(run.finish().getFirst());
    }

    private static @Nullable SocketRow row(Snapshot snapshot, SocketIdentity identity) {
        SocketRow[] found = new SocketRow[1];
        new SnapshotSockets(snapshot).forEach(row -> {
            if (found[0] == null && identity.equals(row.identity())) {
                found[0] = row.hold();
            }
        });
        return found[0];
    }
}
