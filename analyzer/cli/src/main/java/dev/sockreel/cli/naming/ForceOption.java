package dev.sockreel.cli.naming;

import picocli.CommandLine.Option;

/** The {@code --force} option of commands that write a file. */
public final class ForceOption {
    @Option(names = "--force", description = "Overwrite an existing file.")
    private boolean given;

    public boolean isGiven() {
        return given;
    }
}
