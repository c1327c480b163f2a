package dev.sockreel.recorder.probe;

import dev.sockreel.recorder.options.RecordingException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code probe} of the recorder alone: prints what can be captured here, for people. Sends no request, so
 * it loads no module.
 */
@Command(name = "probe", addMethodSubcommands = false,
        description = "Prints what can be captured here; loads no module.")
public final class ProbeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws RecordingException {
        Probe probe = Probe.ofThisHost();
        PrintWriter out = spec.commandLine().getOut();
        out.print(ProbeText.of(probe));
        out.flush();
        return 0;
    }
}
