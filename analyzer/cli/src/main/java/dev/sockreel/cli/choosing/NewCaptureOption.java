package dev.sockreel.cli.choosing;

import dev.sockreel.recorder.help.OptionGroup;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The {@code --output} option of commands that write a capture. */
public final class NewCaptureOption {
    @Option(
            names = {"-o", "--output"},
            order = OptionGroup.ORDER_OUTPUT,
            required = true,
            paramLabel = "OUT",
            description = "The capture to write (.reel).")
    @SuppressWarnings("NullAway.Init")
    private Path path;

    public Path path() {
        return path;
    }
}
