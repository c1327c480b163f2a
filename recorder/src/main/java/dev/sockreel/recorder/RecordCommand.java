package dev.sockreel.recorder;

import dev.sockreel.failure.LastResort;
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
        description = "Records the state of every socket as the live kernel reports it.",
        footer = {
            "",
            "Times are 500ms 10s 10m 24h 7d, sizes 64K 256M 4G. Families are tcp udp udplite raw sctp dccp mptcp "
                    + "unix packet netlink vsock xdp tipc smc, tcp4 or tcp6 alone and so on, or all. Without "
                    + "--families: tcp, udp, unix, and others that are in use.",
            "",
            "TCP-MD5 keys are zeroed before they are stored, unless --keep-secrets is given. Requesting a family "
                    + "can load its kernel module; the file then records that.",
            "",
            "Command lines of processes with sockets are stored. What looks like a secret in them is replaced by *** "
                    + "first, as well as can be: values named password, token, key and so on, users in URLs, long "
                    + "random words. --no-cmdline stores none. Environment variables are never read.",
            "",
            "Ctrl-C and SIGTERM end the recording with a complete file. Exit codes: 0 done, 2 usage, 3 failed."
        })
public final class RecordCommand implements Callable<Integer> {
    private static final long STOP_TIMEOUT_SECONDS = 20;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "FILE", description = "Capture file (.reel).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "Time between two snapshots (${DEFAULT-VALUE}).")
    private String interval = "10s";

    @Option(names = "--count", paramLabel = "N", description = "End after N snapshots.")
    private @Nullable Integer count;

    @Option(names = "--duration", paramLabel = "TIME", description = "End after this time.")
    private @Nullable String duration;

    @Option(names = "--families", paramLabel = "LIST", description = "Families to record, separated by commas.")
    private @Nullable String families;

    @Option(
            names = "--owners",
            paramLabel = "WHEN",
            defaultValue = "30s",
            description = "When to look up which processes hold sockets: in the first snapshot, in each, when the "
                    + "last lookup is older than TIME or sockets appear that it did not see, or never (first|each|TIME|never; ${DEFAULT-VALUE}).")
    private String owners = "30s";

    @Option(
            names = "--threads",
            paramLabel = "WHEN",
            defaultValue = "each",
            description = "When to read what the threads of processes with sockets wait for: in each snapshot or "
                    + "never (each|never; ${DEFAULT-VALUE}).")
    private String threads = "each";

    @Option(names = "--no-cmdline", description = "Store no command lines of processes.")
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

    @Option(names = "--keep-secrets", description = "Store TCP-MD5 keys unmasked.")
    private boolean keepSecrets;

    @Option(
            names = "--rotate",
            paramLabel = "TIME|SIZE",
            description = "Begin a new part, FILE-20261122T101500Z.reel, after this time or size.")
    private @Nullable String rotate;

    @Option(
            names = "--retain",
            paramLabel = "TIME|SIZE",
            description = "Delete this recording's oldest parts beyond this age or total size.")
    private @Nullable String retain;

    @Option(names = "--force", description = "Overwrite FILE.")
    private boolean force;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

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
