package dev.sockreel.cli.peers;

import dev.sockreel.cli.choosing.Candidates;
import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.choosing.OneSnapshot;
import dev.sockreel.cli.choosing.SnapshotSelector;
import dev.sockreel.cli.choosing.SnapshotWalk;
import dev.sockreel.cli.choosing.SocketSpec;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.peers.Conversation;
import dev.sockreel.peers.Peers;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code sockreel peers} command. Reads the capture twice: to find the socket, then for its snapshot. */
@Command(
        name = "peers",
        description = "Shows who is at the other end of a socket, accepted it or waits for it.",
        footer = {
            "sockreel peers host.reel /run/app.sock",
            "Who is connected to this listener, and who waits to be accepted?",
            "sockreel peers host.reel ino:41234 --at 14:32",
            "Which process had the other end of this socket at 14:32?"
        })
public final class PeersCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CaptureArgument capture = new CaptureArgument();

    @Parameters(index = "1..*", paramLabel = "SOCKET", description = "The socket.")
    private List<String> words = List.of();

    @ArgGroup
    private OneSnapshot snapshotOption = new OneSnapshot();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        InputProblems problems = new InputProblems();
        Candidates candidates;
        try {
            candidates = find(SocketSpec.parse(words), problems);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        SocketRow socket = candidates.one();
        if (socket == null) {
            problems.print(err);
            return candidates.printFailure(capture.file().toString(), err);
        }
        try (SnapshotWalk walk = new SnapshotWalk(capture.file(), null)) {
            Snapshot snapshot = walk.to(socket.snapshot());
            Conversation found = Peers.of(snapshot, socket);
            problems.add(snapshot, d -> d.request().isOfKind(socket.socket()),
                    asked -> asked.isOfKind(socket.socket()));
            PeersPrinter.of(format.format(), Stdout.get()).print(found);
        }
        problems.print(err);
        return problems.exitCode();
    }

    /** Looks for the socket in the chosen snapshot, or else in all. */
    private Candidates find(SocketSpec named, InputProblems problems) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(capture.file())) {
            SnapshotSelector selector = snapshotOption.selector(reader);
            Candidates found = selector == null ? new Candidates(named) : null;
            Snapshot s;
            while ((s = reader.next()) != null) {
                if (selector == null || selector.takes(s)) {
                    found = selector == null && found != null ? found : new Candidates(named);
                    found.add(s);
                }
            }
            problems.add(reader.capture());
            if (selector != null) {
                selector.check(capture.file());
            }
            return Objects.requireNonNull(found);
        }
    }
}
