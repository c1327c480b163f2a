package dev.sockreel.cli.files;

import dev.sockreel.cli.choosing.CapturesArgument;
import dev.sockreel.cli.choosing.ReadableCaptures;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.times.LocalOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code sockreel info} command. */
@Command(
        name = "info",
        addMethodSubcommands = false,
        description = "Shows what a capture holds: host, times, families, sizes, damage.",
        footer = {
            "sockreel info host.reel",
            "Which host, which time, which families, and what does it not show?",
            "sockreel info a.reel b.reel --format csv",
            "How many sockets of each family do these two hold?"
        })
public final class InfoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CapturesArgument captures = new CapturesArgument();

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        InputProblems problems = new InputProblems();
        InfoPrinter printer = InfoPrinter.of(format.format(), local.times(), Stdout.get());
        for (Path file : ReadableCaptures.of(captures.files(), problems)) {
            printer.print(CaptureInfo.read(file, problems));
        }
        printer.end();
        problems.print(spec.commandLine().getErr());
        return problems.exitCode();
    }
}
