package dev.sockreel.recorder;

import dev.sockreel.failure.LastResort;
import dev.sockreel.output.Output;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.recorder.kernel.Platform;
import dev.sockreel.recorder.options.FamilyChoice;
import dev.sockreel.recorder.options.OwnersPolicy;
import dev.sockreel.recorder.options.Quantity;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.wording.Counted;
import dev.sockreel.wording.PrintableName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code sockreel record}. Exits with 0, also when a signal ended the recording. A
 * {@link RecordingException} goes to the caller's execution exception handler, which prints its sentence and exits with
 * 3; picocli exits with 2 for bad options. Nothing is written to stdout.
 */
@Command(
        name = "record",
        addMethodSubcommands = false,
        description = "Records the state of every socket as the live kernel reports it.",
        footer = {
            "sockreel record -o host.reel",
            "A snapshot every 10 s until Ctrl-C, which leaves a complete file.",
            "sockreel record -o day.reel --interval 1m --rotate 1h --retain 24h",
            "The last day, in files of an hour each."
        })
public final class RecordCommand implements Callable<Integer> {
    private static final int STDERR = 2;

    @Option(
            names = {"-o", "--output"},
            order = OptionGroup.ORDER_OUTPUT,
            required = true,
            paramLabel = "FILE",
            description = "Capture file (.reel); - is stdout.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "Time between two snapshots (${DEFAULT-VALUE}).")
    private String interval = "10s";

    @Option(names = "--count", paramLabel = "N", description = "End after N snapshots.")
    private @Nullable Integer count;

    @Option(names = "--duration", paramLabel = "DURATION", description = "End after this time.")
    private @Nullable String duration;

    @Option(names = "--families", paramLabel = "FAMILIES", description = "What to record. "
            + "Without: tcp, udp, unix, and others in use. Asking can load the module of a family; the file says so.")
    private @Nullable String families;

    @Option(
            names = "--owners",
            paramLabel = "WHEN",
            defaultValue = "30s",
            description = "When to look up which processes hold sockets: in the first snapshot, in each, when the "
                    + "last lookup is older than DURATION or sockets appear that it did not see, or never "
                    + "(first|each|DURATION|never; ${DEFAULT-VALUE}).")
    private String owners = "30s";

    @Option(
            names = "--threads",
            paramLabel = "WHEN",
            defaultValue = "each",
            description = "When to read what the threads of processes with sockets wait for: in each snapshot or "
                    + "never (each|never; ${DEFAULT-VALUE}).")
    private String threads = "each";

    @Option(names = "--no-cmdline", order = OptionGroup.ORDER_OUTPUT,
            description = "Store no command lines of processes. Else what looks like "
                    + "a secret in them is replaced by *** first, as well as can be: values named password, token, key "
                    + "and so on, users in URLs, long random words. Environment variables are never read.")
    private boolean noCmdline;

    @Option(
            names = "--closed",
            description = "Record the last message of each tcp and udp socket that is destroyed, also between snapshots. "
                    + "Not with --no-modprobe, since it can load inet_diag.")
    private boolean closed;

    @Option(
            names = "--netns",
            paramLabel = "NAME|PATH|all",
            description = "Network namespace to record; may be given more than once.")
    private List<String> namespaces = new ArrayList<>();

    @Option(names = "--no-modprobe", description = "Query only handlers that are known to be loaded.")
    private boolean noModprobe;

    @Option(names = "--keep-secrets", order = OptionGroup.ORDER_OUTPUT,
            description = "Store TCP-MD5 keys, else they are zeroed.")
    private boolean keepSecrets;

    @Option(
            names = "--rotate",
            order = OptionGroup.ORDER_OUTPUT,
            paramLabel = "DURATION|SIZE",
            description = "Begin a new part, FILE-20261122T101500Z.reel, after this time or size.")
    private @Nullable String rotate;

    @Option(
            names = "--retain",
            order = OptionGroup.ORDER_OUTPUT,
            paramLabel = "DURATION|SIZE",
            description = "Delete this recording's oldest parts beyond this age or total size.")
    private @Nullable String retain;

    @Option(names = "--force", order = OptionGroup.ORDER_OUTPUT, description = "Overwrite FILE.")
    private boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws RecordingException {
        RecordOptions options = options();
        PrintWriter err = spec.commandLine().getErr();
        Ticker ticker = new Ticker(err, Platform.isTerminal(STDERR), options);
        StopSignal stop = new StopSignal();
        SignalEnding ending = new SignalEnding(stop);
        int exit = 3;
        try {
            RecordSummary summary = Recorder.run(options, stop, ticker);
            ticker.end();
            SummaryText.of(summary).forEach(ticker::say);
            if (!summary.gone().isEmpty()) {
                throw new RecordingException(String.join("; ", summary.gone()) + "; the rest was recorded");
            }
            exit = 0;
            return exit;
        } catch (RecordingException e) {
            ticker.end();
            if (stop.isRequested()) {
                // The JVM ends in the hook, before the handler could print this.
                ticker.say("sockreel: " + e.getMessage());
            }
            throw e;
        } finally {
            ending.finished(exit);
        }
    }

    private RecordOptions options() {
        try {
            if (count != null && count <= 0) {
                throw new IllegalArgumentException("--count must be at least 1, not " + count);
            }
            if (rotate != null && file.equals(Output.STDOUT)) {
                throw new IllegalArgumentException("--rotate needs a file, and - is standard output");
            }
            requireNoTerminal();
            if (retain != null && rotate == null) {
                throw new IllegalArgumentException("--retain needs --rotate");
            }
            if (closed && noModprobe) {
                throw new IllegalArgumentException("--closed can load a kernel module, so --no-modprobe excludes it");
            }
            return RecordOptions.to(file)
                    .withInterval(read("--interval", interval, Quantity::duration))
                    .withCount(count == null ? 0 : count)
                    .withDuration(duration == null ? null : read("--duration", duration, Quantity::duration))
                    .withFamilies(
                            families == null ? FamilyChoice.IN_USE : read("--families", families, FamilyChoice::of))
                    .withOwners(read("--owners", owners, OwnersPolicy::of))
                    .withThreads(read("--threads", threads, RecordCommand::isEach))
                    .withCmdlines(!noCmdline)
                    .withClosed(closed)
                    .withNamespaces(namespaces)
                    .withNoModprobe(noModprobe)
                    .withKeepSecrets(keepSecrets)
                    .withRotation(
                            rotate == null ? null : read("--rotate", rotate, RecordOptions.Limit::of),
                            retain == null ? null : read("--retain", retain, RecordOptions.Limit::of))
                    .withForce(force)
                    .withArguments(arguments());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void requireNoTerminal() {
        try {
            if (Output.of(file, true).isTerminal()) {
                throw new IllegalArgumentException("-o " + file
                        + " is a terminal, which cannot show a capture: redirect it (> FILE or | COMMAND) or name a"
                        + " file");
            }
        } catch (IOException e) {
            return; // said where the file is created
        }
    }

    /** Reads the value of an option, which an error names. */
    private static <T> T read(String option, String value, Function<String, T> reading) {
        try {
            return reading.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + " " + e.getMessage(), e);
        }
    }

    private static boolean isEach(String word) {
        return switch (word) {
            case "each" -> true;
            case "never" -> false;
            default -> throw new IllegalArgumentException("'" + word + "' is neither each nor never");
        };
    }

    private String arguments() {
        return String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
