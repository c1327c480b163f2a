package dev.sockreel.recorder.probe;

import dev.sockreel.recorder.options.RecordingException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code sockreel probe}: prints what can be captured here. Sends no request, so it loads no module. */
@Command(name = "probe", description = "Prints what can be captured here; loads no module.")
public final class ProbeCommand implements Callable<Integer> {
    /** The output format, for people or programs. */
    enum Format {
        text,
        json
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws RecordingException {
        Probe probe = Probe.ofThisHost();
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == Format.json ? ProbeJson.of(probe) : ProbeText.of(probe));
        out.flush();
        return 0;
    }
}
