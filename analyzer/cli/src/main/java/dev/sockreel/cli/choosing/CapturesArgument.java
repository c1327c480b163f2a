package dev.sockreel.cli.choosing;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The {@code FILE…} arguments of commands that read several captures. */
public final class CapturesArgument {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Captures (.reel), oldest first.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    public List<Path> files() {
        return files;
    }
}
