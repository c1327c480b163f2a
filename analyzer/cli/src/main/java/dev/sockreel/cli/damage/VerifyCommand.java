package dev.sockreel.cli.damage;

import dev.sockreel.cli.choosing.CapturesArgument;
import dev.sockreel.cli.choosing.ReadableCaptures;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The {@code sockreel verify} command. Prints a line for each fault; exits 0 if there is none, else 1. A file that is
 * no capture is a fault among others and ends the command with 3 alone.
 */
@Command(
        name = "verify",
        addMethodSubcommands = false,
        description = "Checks all checksums and whether every dump is complete.",
        footer = {
            "sockreel verify host.reel",
            "Is it whole? A line for each fault, exit code 1 if there is one.",
            "sockreel verify a.reel b.reel --format ndjson",
            "Which faults do these have, and where, for a script?"
        })
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CapturesArgument captures = new CapturesArgument();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        InputProblems unreadable = new InputProblems();
        List<Path> files = ReadableCaptures.of(captures.files(), unreadable);
        VerifyPrinter printer = VerifyPrinter.of(format.format(), Stdout.get());
        boolean whole = true;
        for (Path file : files) {
            whole &= new VerifyRun(file, printer).run().isWhole();
        }
        printer.finish();
        unreadable.print(spec.commandLine().getErr());
        return whole && unreadable.exitCode() == ExitCode.DONE ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }
}
