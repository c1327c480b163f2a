package dev.sockreel.cli.printing;

import dev.sockreel.recorder.help.OptionGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code --format} option, the same in every command that prints data. */
public final class FormatOption {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--format",
            order = OptionGroup.ORDER_OUTPUT,
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, ndjson or csv (${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    public Format format() {
        return format;
    }

    /**
     * Refuses formats for programs where standard output holds the file that the command writes.
     *
     * @throws ParameterException if both would go there
     */
    public void requireFreeStdout(boolean isTaken) {
        if (isTaken && format != Format.TEXT) {
            throw new ParameterException(spec.commandLine(),
                    "standard output holds the capture already: name a file with -o, or leave out --format");
        }
    }
}
