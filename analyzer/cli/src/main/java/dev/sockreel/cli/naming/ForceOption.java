package dev.sockreel.cli.naming;

import dev.sockreel.recorder.help.OptionGroup;
import picocli.CommandLine.Option;

/** The {@code --force} option of commands that write a file. */
public final class ForceOption {
    @Option(names = "--force", order = OptionGroup.ORDER_OUTPUT, description = "Overwrite an existing file.")
    private boolean given;

    public boolean isGiven() {
        return given;
    }
}
