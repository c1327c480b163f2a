package dev.sockreel.cli.choosing;

import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --snapshot} and {@code --at} options. */
public class OneSnapshot {
    @Option(names = "--snapshot", paramLabel = "N", description = "Snapshot N, counted from 0.")
    private @Nullable Integer number;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            preprocessor = TimeParameter.class,
            converter = TimeParameter.class,
            description = "The last snapshot started at or before TIME.")
    private @Nullable String at;

    /**
     * Returns the chosen snapshot, by default the last complete one, and prints which one it is unless its number was
     * given. Reads the capture to its end, so that all its damage is found.
     *
     * @param wanted the dumps to be shown, which should be complete
     * @param times  how times are read and shown
     * @throws IllegalArgumentException if the capture has no times or the text is not a time
     * @throws IOException              if the capture has no such snapshot, or its span does not include the time
     */
    public Snapshot choose(SnapshotReader reader, SnapshotSelector.Wanted wanted, ShownTimes times, PrintWriter err)
            throws IOException {
        SnapshotSelector given = selector(reader, times);
        SnapshotSelector selector = given == null ? SnapshotSelector.lastComplete(wanted) : given;
        Snapshot chosen = null;
        Snapshot s;
        while ((s = reader.next()) != null) {
            chosen = selector.takes(s) ? s : chosen;
        }
        selector.check(reader.capture().path());
        Snapshot found = Objects.requireNonNull(chosen);
        printReading(selector, err);
        printChosen(found, times, err);
        return found;
    }

    /**
     * Returns the selector for the given option, null if none was given.
     *
     * @throws IllegalArgumentException if the capture has no times or the text is not a time
     */
    public @Nullable SnapshotSelector selector(SnapshotReader reader, ShownTimes times) throws IOException {
        if (number != null) {
            return SnapshotSelector.numbered(number);
        }
        return at == null ? null : SnapshotSelector.at(at, reader, times);
    }

    /** Returns whether one of the options was given. */
    public boolean isGiven() {
        return number != null || at != null;
    }

    /** Prints how a TIME was read that left its date or zone open. */
    public static void printReading(@Nullable SnapshotSelector selector, PrintWriter err) {
        if (selector != null && selector.reading() != null) {
            err.println(selector.reading());
        }
    }

    private void printChosen(Snapshot s, ShownTimes times, PrintWriter err) {
        if (number == null) {
            String began = times.nanos(s.begin().realtimeNs());
            err.println("snapshot " + s.index() + (began == null ? "" : ", " + began));
            err.flush();
        }
    }
}
