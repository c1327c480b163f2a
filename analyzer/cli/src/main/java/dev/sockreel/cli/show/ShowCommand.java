package dev.sockreel.cli.show;

import dev.sockreel.cli.choosing.FamilyOptions;
import dev.sockreel.cli.choosing.SnapshotChoice;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.Quality;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.dump.Dump;
import dev.sockreel.filter.Filter;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.sockdiag.TcpState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sockreel show}. */
@Command(name = "show", description = "Shows the sockets of a snapshot.")
public final class ShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A capture (.reel).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "FILTER", description = {
        "ss's filter: state NAME and exclude NAME, then an expression:",
        "  dport = :443 or src 10.0.0.0/8",
        "  not ( dev = lo or autobound )",
        "Fields of a socket compare too, those of its attributes among them:",
        "  unread > 0, netid = u_str, comm = nginx, tcpi_rtt > 1000"
    })
    private List<String> filter = List.of();

    @Option(names = {"-l", "--listening"}, description = "Listeners alone.")
    private boolean listening;

    @Mixin
    private FamilyOptions families = new FamilyOptions();

    @Mixin
    private SnapshotChoice choice = new SnapshotChoice();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Quality quality = new Quality();
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Filter parsed = Filter.parse(filter, families.preferredFamily());
            Predicate<Dump> wanted = families.wanted();
            SocketPrinter printer = null;
            SnapshotChoice.Chosen chosen = choice.of(reader, wanted, err);
            Snapshot snapshot;
            while ((snapshot = chosen.next()) != null) {
                if (printer == null) {
                    printer = SocketPrinter.of(format.format(), Stdout.get(), choice.isAll());
                }
                show(snapshot, wanted, parsed, printer);
                quality.shown(snapshot, wanted);
            }
            if (printer != null) {
                printer.end();
            }
            quality.read(reader.capture());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        quality.tell(err);
        return quality.exitCode();
    }

    private void show(Snapshot snapshot, Predicate<Dump> wanted, Filter parsed, SocketPrinter printer)
            throws IOException {
        // as in ss, states that are named count instead of the option
        boolean listenersAlone = listening && parsed.states().isEmpty();
        new SnapshotSockets(snapshot, wanted, families.wantedTables()).forEach(row -> {
            if (families.wantsFamily(row.socket().family()) && parsed.takes(row)
                    && !(listenersAlone && row.socket().stateNumber() != TcpState.LISTEN)) {
                printer.row(row);
            }
        });
    }
}
