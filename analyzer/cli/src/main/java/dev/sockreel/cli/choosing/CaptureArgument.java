package dev.sockreel.cli.choosing;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The {@code FILE} argument of commands that read one capture. */
public final class CaptureArgument {
    @Parameters(index = "0", paramLabel = "FILE", description = "A capture (.reel).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    public Path file() {
        return file;
    }
}
