package dev.sockreel.cli.peers;

import dev.sockreel.cli.choosing.Candidates;
import dev.sockreel.cli.choosing.CaptureArgument;
import dev.sockreel.cli.choosing.OneSnapshot;
import dev.sockreel.cli.choosing.SnapshotSelector;
import dev.sockreel.cli.choosing.SnapshotWalk;
import dev.sockreel.cli.choosing.SocketSpec;
import dev.sockreel.cli.netns.NamespaceOption;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.times.LocalOption;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.peers.Conversation;
import dev.sockreel.peers.Peers;
import dev.sockreel.peers.ProcessPairs;
import dev.sockreel.reading.Moments;
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
        addMethodSubcommands = false,
        description = "Shows who is at the other end of a socket; without SOCKET, who talks to whom.",
        footer = {
            "sockreel peers host.reel",
            "Which processes talk to which? Those with waiting data come first.",
            "sockreel peers host.reel path:/run/app.sock --at 14:32",
            "Who was connected to this listener at 14:32, and who waited for it?"
        })
public final class PeersCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CaptureArgument capture = new CaptureArgument();

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "SOCKET", description = "The socket.")
    private List<String> words = List.of();

    @ArgGroup
    private OneSnapshot snapshotOption = new OneSnapshot();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        InputProblems problems = new InputProblems();
        if (words.isEmpty()) {
            return pairs(problems, err);
        }
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
            PeersPrinter.of(format.format(), local.times(), Stdout.get()).print(found);
        }
        problems.print(err);
        return problems.exitCode();
    }

    private int pairs(InputProblems problems, PrintWriter err) throws IOException {
        try (Moments moments = Moments.open(capture.file())) {
            NamespaceChoice netns = namespace.choice();
            Snapshot snapshot =
                    snapshotOption.choose(moments, s -> netns.in(s)::takes, local.times(), err);
            NamespaceChoice.Here here = netns.in(snapshot);
            netns.check(capture.file().toString());
            PairsPrinter.of(format.format(), Stdout.get())
                    .print(snapshot.index(), ProcessPairs.of(snapshot, here::takes));
            problems.add(snapshot, here::takes);
            problems.add(moments.capture());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        problems.print(err);
        return problems.exitCode();
    }

    /** Looks for the socket in the chosen snapshot, or else in all. */
    private Candidates find(SocketSpec named, InputProblems problems) throws IOException {
        try (Moments moments = Moments.open(capture.file())) {
            NamespaceChoice netns = namespace.choice();
            Candidates found = snapshotOption.isGiven() ? findAt(moments, named, netns) : new Candidates(named);
            if (!snapshotOption.isGiven()) {
                SnapshotReader reader = moments.whole();
                Snapshot s;
                while ((s = reader.next()) != null) {
                    found.add(s, netns.in(s)::takes);
                }
            }
            problems.add(moments.capture());
            netns.check(capture.file().toString());
            return found;
        }
    }

    private Candidates findAt(Moments moments, SocketSpec named, NamespaceChoice netns) throws IOException {
        Candidates[] found = new Candidates[1];
        SnapshotSelector selector = snapshotOption.choose(moments, local.times(), s -> {
            found[0] = new Candidates(named);
            found[0].add(s, netns.in(s)::takes);
        });
        selector.check(capture.file());
        OneSnapshot.printReading(selector, spec.commandLine().getErr());
        return Objects.requireNonNull(found[0]);
    }
}
