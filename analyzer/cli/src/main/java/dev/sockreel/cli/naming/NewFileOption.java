package dev.sockreel.cli.naming;

import dev.sockreel.output.Output;
import dev.sockreel.recorder.help.OptionGroup;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code --output} and {@code --force} options of commands that write a file. */
public final class NewFileOption {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            order = OptionGroup.ORDER_OUTPUT,
            required = true,
            paramLabel = "OUT",
            description = "The file to write; - is stdout.")
    @SuppressWarnings("NullAway.Init")
    private Path path;

    @Mixin
    private ForceOption force = new ForceOption();

    /** Returns the path as it was given. */
    public Path path() {
        return path;
    }

    public boolean isForced() {
        return force.isGiven();
    }

    /** Checks that a text can be written there; see {@link Output#of}. */
    public Output forText() throws IOException {
        return Output.of(path, isForced());
    }

    /**
     * Checks that a binary file can be written there.
     *
     * @throws ParameterException if it is a terminal
     */
    public Output forBinary() throws IOException {
        Output output = forText();
        if (output.isTerminal()) {
            throw new ParameterException(spec.commandLine(), "-o " + path
                    + " is a terminal, which cannot show this file: redirect it (> FILE or | COMMAND) or name a file");
        }
        return output;
    }
}
