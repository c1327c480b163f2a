package dev.sockreel.cli.choosing;

import picocli.CommandLine.Option;

/** The {@code --same-boot} option: the user states that captures are of one boot where they do not record it. */
public final class SameBootOption {
    @Option(names = "--same-boot", description = "Treat captures without a boot id (imports) as one boot.")
    private boolean given;

    public boolean isGiven() {
        return given;
    }
}
