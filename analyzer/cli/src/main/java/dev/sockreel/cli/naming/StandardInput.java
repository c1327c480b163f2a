package dev.sockreel.cli.naming;

import dev.sockreel.cli.printing.Streams;
import dev.sockreel.input.Inputs;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The rules for {@code -} among the files of a command: standard input comes once, and not from a keyboard. */
public final class StandardInput {
    /**
     * Checks the files of a command.
     *
     * @throws ParameterException if a rule is broken
     */
    public static void check(List<Path> files, CommandSpec spec) {
        long times = files.stream().filter(Inputs::isStdin).count();
        if (times > 1) {
            throw new ParameterException(spec.commandLine(),
                    "- is given twice, but standard input can be read only once");
        }
        if (times == 1 && Streams.current().inTerminal()) {
            throw new ParameterException(spec.commandLine(),
                    "- is standard input, which is a terminal: redirect a file or pipe into it");
        }
    }

    private StandardInput() {}
}
