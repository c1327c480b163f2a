package dev.sockreel.cli.choosing;

import dev.sockreel.cli.naming.StandardInput;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code FILE} argument of commands that read one capture. */
public final class CaptureArgument {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Parameters(index = "0", paramLabel = "FILE", description = "A capture (.reel), also compressed; - is stdin.")
    void setFile(Path file) {
        StandardInput.check(List.of(file), spec);
        this.file = file;
    }

    public Path file() {
        return file;
    }
}
