package dev.sockreel.cli.findings;

import dev.sockreel.cli.printing.Failures;
import dev.sockreel.cli.printing.Streams;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.recorder.RecordSummary;
import dev.sockreel.recorder.Recorder;
import dev.sockreel.recorder.SignalEnding;
import dev.sockreel.recorder.StopSignal;
import dev.sockreel.recorder.Ticker;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.options.OwnersPolicy;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording of this host, all its namespaces where that is permitted. The file is removed at the end, unless the user
 * named one. Ctrl-C ends the recording, and the answer is about what there is by then.
 */
final class LiveRecording {
    /** The shortest time between two snapshots: faster ones would see little more and load the host. */
    static final Duration MIN_INTERVAL = Duration.ofMillis(100);

    private static final Duration MAX_INTERVAL = Duration.ofSeconds(1);
    /** The snapshots of a recording whose length leaves the choice. */
    private static final int SNAPSHOTS = 10;
    /** The most snapshots: a long recording takes them less often. */
    private static final int MAX_SNAPSHOTS = 600;

    private final PrintWriter err;
    private final Path file;
    private final @Nullable Path temporaryFolder;
    private final StopSignal stop = new StopSignal();
    private final SignalEnding ending = new SignalEnding(stop);

    private LiveRecording(PrintWriter err, Path file, @Nullable Path temporaryFolder) {
        this.err = err;
        this.file = file;
        this.temporaryFolder = temporaryFolder;
    }

    /**
     * Prepares a recording; {@link #finished} must follow.
     *
     * @param out file to keep it in; null for one that is removed
     */
    static LiveRecording into(@Nullable Path out, PrintWriter err) throws IOException {
        if (out != null) {
            return new LiveRecording(err, out, null);
        }
        Path folder = Files.createTempDirectory("sockreel-live-");
        Path file = folder.resolve("live.reel");
        folder.toFile().deleteOnExit(); // should a signal come and the answer take too long
        file.toFile().deleteOnExit();
        return new LiveRecording(err, file, folder);
    }

    /** Returns the time between two snapshots with which windows fit well into the whole time. */
    static Duration interval(Duration time, Thresholds thresholds) {
        Duration wanted = time.dividedBy(SNAPSHOTS);
        Duration seldom = time.dividedBy(MAX_SNAPSHOTS);
        Duration longest = seldom.compareTo(MAX_INTERVAL) > 0 ? seldom : MAX_INTERVAL;
        Duration mostForWindow = time.dividedBy(2L * thresholds.minSnapshots());
        Duration interval = wanted.compareTo(longest) > 0 ? longest : wanted;
        interval = interval.compareTo(mostForWindow) > 0 ? mostForWindow : interval;
        return interval.compareTo(MIN_INTERVAL) < 0 && mostForWindow.compareTo(MIN_INTERVAL) >= 0
                ? MIN_INTERVAL : interval;
    }

    /** Records. */
    void record(Duration time, Thresholds thresholds, boolean force) throws RecordingException {
        RecordOptions options = RecordOptions.to(file)
                .withInterval(Duration.ofMillis(interval(time, thresholds).toMillis()))
                .withDuration(time)
                .withOwners(new OwnersPolicy.Each())
                .withNamespaces(NamespaceTarget.mayEnterOthers() ? List.of("all") : List.of())
                .withForce(force)
                .withArguments("findings --live");
        Ticker ticker = new Ticker(err, Streams.current().errTerminal(), options);
        try {
            RecordSummary summary = Recorder.run(options, stop, ticker);
            ticker.end();
            say("recorded " + Counted.of(summary.snapshots(), "snapshot")
                    + (stop.isRequested() ? " until it was stopped" : "") + (temporaryFolder == null
                            ? " into " + file : "; the file is removed at the end, -o OUT keeps it"));
        } finally {
            ticker.end();
        }
    }

    private void say(String line) {
        err.println(Terminal.printable(line));
        err.flush();
    }

    Path file() {
        return file;
    }

    /** Returns whether a signal ended it, so that the JVM ends in {@link #finished}. */
    boolean isStopped() {
        return stop.isRequested();
    }

    /**
     * Removes the file that nobody asked to keep.
     *
     * @param code exit code of the command, whose output must be flushed by now
     */
    void finished(int code) {
        Path folder = temporaryFolder;
        if (folder != null) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path made : files) {
                    Files.deleteIfExists(made);
                }
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                say(folder + " could not be removed: " + Failures.sentence(e));
            }
        }
        ending.finished(code);
    }
}
