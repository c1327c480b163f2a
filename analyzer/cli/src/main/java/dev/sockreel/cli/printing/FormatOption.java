package dev.sockreel.cli.printing;

import dev.sockreel.recorder.help.OptionGroup;
import picocli.CommandLine.Option;

/** The {@code --format} option, the same in every command that prints data. */
public final class FormatOption {
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
}
