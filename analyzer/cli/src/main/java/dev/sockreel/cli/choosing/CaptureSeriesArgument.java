package dev.sockreel.cli.choosing;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The {@code FILE…} arguments of commands that read several captures as one series. */
public final class CaptureSeriesArgument {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Captures (.reel), in the order of time.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    public List<Path> files() {
        return files;
    }
}
