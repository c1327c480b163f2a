package dev.sockreel.cli.probe;

import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.FormatOption;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.recorder.probe.Probe;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The {@code sockreel probe} command. Sends no request, so it loads no module. */
@Command(
        name = "probe",
        addMethodSubcommands = false,
        description = "Prints what can be captured here; loads no module.",
        footer = {
            "sockreel probe",
            "What would a recording show here, and what not?",
            "sockreel probe --format csv",
            "Which families have a handler in this kernel, as a table for a script?"
        })
public final class ProbeCommand implements Callable<Integer> {
    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException, RecordingException {
        ProbePrinter.of(format.format(), Stdout.get()).print(Probe.ofThisHost());
        return ExitCode.DONE;
    }
}
