package dev.sockreel.cli.choosing;

import dev.sockreel.cli.naming.StandardInput;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code FILE…} arguments of commands that read several captures. */
public final class CapturesArgument {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Captures (.reel), oldest first, also compressed; - is stdin.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    /** @throws picocli.CommandLine.ParameterException if standard input is among them twice */
    public List<Path> files() {
        StandardInput.check(files, spec);
        return files;
    }
}
