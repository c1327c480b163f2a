package dev.sockreel.cli.ss;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of ss that a capture cannot serve. Each is an error that says why. */
final class SsUnsupportedOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = {"-r", "--resolve"}, hidden = true)
    void resolve(boolean given) {
        refuse(given, "-r resolves host names, which cannot be looked up as they were when this was recorded");
    }

    @Option(names = {"-T", "--threads"}, hidden = true)
    void threads(boolean given) {
        refuse(given, "-T shows threads, which are not recorded; -p shows processes");
    }

    @Option(names = {"-Z", "--context"}, hidden = true)
    void context(boolean given) {
        refuse(given, "-Z shows SELinux contexts of processes, which are not recorded");
    }

    @Option(names = {"-z", "--contexts"}, hidden = true)
    void contexts(boolean given) {
        refuse(given, "-z shows SELinux contexts of processes and sockets, which are not recorded");
    }

    @Option(names = {"-E", "--events"}, hidden = true)
    void events(boolean given) {
        refuse(given,
                "-E needs a live kernel; `sockreel diff` shows which sockets are gone between two snapshots");
    }

    @Option(names = {"-K", "--kill"}, hidden = true)
    void kill(boolean given) {
        refuse(given, "-K closes sockets, which needs a live kernel");
    }

    @Option(names = {"-D", "--diag"}, paramLabel = "FILE", hidden = true)
    void diag(String file) {
        refuse(file != null,
                "-D needs a live kernel; `sockreel export --to ss-dump` writes such a file from a capture");
    }

    @Option(names = "--bpf-maps", hidden = true)
    void bpfMaps(boolean given) {
        refuse(given, "--bpf-maps needs the maps' types from a live kernel, which are not recorded");
    }

    @Option(names = "--bpf-map-id", paramLabel = "ID", hidden = true)
    void bpfMapId(String id) {
        refuse(id != null, "--bpf-map-id needs the map's types from a live kernel, which are not recorded");
    }

    private void refuse(boolean given, String why) {
        if (given) {
            throw new ParameterException(spec.commandLine(), why);
        }
    }
}
