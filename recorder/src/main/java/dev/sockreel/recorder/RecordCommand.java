package dev.sockreel.recorder;

import dev.sockreel.failure.LastResort;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.recorder.options.FamilyChoice;
import dev.sockreel.recorder.options.OwnersPolicy;
import dev.sockreel.recorder.options.Quantity;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.wording.Counted;
import dev.sockreel.wording.PrintableName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        description = "Records the state of every socket as the live kernel reports it.",
        footer = {
            "sockreel record -o host.reel",
            "A snapshot every 10 s until Ctrl-C, which leaves a complete file.",
            "sockreel record -o day.reel --interval 1m --rotate 1h --retain 24h",
            "The last day, in files of an hour each."
        })
public final class RecordCommand implements Callable<Integer> {
    private static final long STOP_TIMEOUT_SECONDS = 20;

    @Option(names = {"-o", "--output"}, order = OptionGroup.ORDER_OUTPUT, required = true, paramLabel = "FILE",
            description = "Capture file (.reel).")
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
        StopSignal stop = new StopSignal();
        Ending ending = new Ending(stop);
        Runtime.getRuntime().addShutdownHook(ending.hook);
        int exit = 3;
        try {
            RecordSummary summary = Recorder.run(options, stop, line -> print(err, line));
            summarize(err, summary);
            if (!summary.gone().isEmpty()) {
                throw new RecordingException(String.join("; ", summary.gone()) + "; the rest was recorded");
            }
            exit = 0;
            return exit;
        } catch (RecordingException e) {
            if (stop.isRequested()) {
                // The JVM ends in the hook, before the handler could print this.
                print(err, "sockreel: " + e.getMessage());
            }
            throw e;
        } finally {
            ending.finished(exit);
        }
    }

    private static synchronized void print(PrintWriter err, String line) {
        err.println(PrintableName.of(line));
        err.flush();
    }

    private RecordOptions options() {
        try {
            if (count != null && count <= 0) {
                throw new IllegalArgumentException("--count must be at least 1, not " + count);
            }
            if (retain != null && rotate == null) {
                throw new IllegalArgumentException("--retain needs --rotate");
            }
            if (closed && noModprobe) {
                throw new IllegalArgumentException("--closed can load a kernel module, so --no-modprobe excludes it");
            }
            return RecordOptions.to(file)
                    .withInterval(Quantity.duration(interval))
                    .withCount(count == null ? 0 : count)
                    .withDuration(duration == null ? null : Quantity.duration(duration))
                    .withFamilies(families == null ? FamilyChoice.IN_USE : FamilyChoice.of(families))
                    .withOwners(OwnersPolicy.of(owners))
                    .withThreads(isEach(threads))
                    .withCmdlines(!noCmdline)
                    .withClosed(closed)
                    .withNamespaces(namespaces)
                    .withNoModprobe(noModprobe)
                    .withKeepSecrets(keepSecrets)
                    .withRotation(
                            rotate == null ? null : RecordOptions.Limit.of(rotate),
                            retain == null ? null : RecordOptions.Limit.of(retain))
                    .withForce(force)
                    .withArguments(arguments());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
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

    private static void summarize(PrintWriter err, RecordSummary s) {
        String parts = s.files() > 1 ? " (and " + Counted.of(s.files() - 1, "earlier part") + ")" : "";
        print(err, String.format(Locale.ROOT, "%s%s: %s, %s, %s received, %s on disk",
                s.file(), parts, Counted.of(s.snapshots(), "snapshot"), Counted.of(s.sockets(), "socket message"),
                size(s.bytes()), size(s.fileBytes())));
        if (s.goneFiles() > 0) {
            print(err, Counted.of(s.goneFiles(), "earlier part") + " with " + Counted.of(s.goneSnapshots(), "snapshot")
                    + (s.goneFiles() == 1 ? " is" : " are") + " gone: deleted by --retain, or moved away");
        }
        if (s.maskedBytes() > 0) {
            print(err, Counted.of(s.maskedBytes(), "byte of keys was", "bytes of keys were") + " zeroed");
        }
        double each = Math.max(1, s.snapshots() + s.goneSnapshots()) * 1e6;
        print(err, String.format(Locale.ROOT,
                "a snapshot took %.0f ms of CPU time on average (%.0f ms in the kernel)",
                (s.userCpuNs() + s.kernelCpuNs()) / each, s.kernelCpuNs() / each));
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /**
     * Ends the recording in an orderly way on Ctrl-C, SIGTERM and SIGHUP. These begin the JVM's shutdown, whose hook
     * requests the stop, waits for it, and exits with the command's code instead of the JVM's own (130, 143).
     */
    private static final class Ending {
        private final CountDownLatch done = new CountDownLatch(1);
        private final Thread hook;
        private volatile int exit = 3;

        Ending(StopSignal stop) {
            hook = Thread.ofPlatform().name("sockreel-stop").unstarted(() -> {
                try {
                    stop.request();
                    if (done.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                        Runtime.getRuntime().halt(LastResort.exitCode(exit));
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException | Error e) {
                    LastResort.report(e, System.err);
                    Runtime.getRuntime().halt(LastResort.FAILED);
                }
            });
        }

        void finished(int code) {
            exit = code;
            done.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The shutdown has begun: the hook does the rest.
                return;
            }
        }
    }
}
