package dev.sockreel.cli.printing;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"sockreel " + number()};
    }

    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(unreleased)" : version;
    }
}
