package dev.sockreel.cli.printing;

import picocli.CommandLine.Option;

/** The {@code --format} option, the same in every command that prints data. */
public final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, ndjson or csv (${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    public Format format() {
        return format;
    }
}
