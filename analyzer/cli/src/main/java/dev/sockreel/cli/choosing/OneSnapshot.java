package dev.sockreel.cli.choosing;

import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.reading.Moments;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
     * given. Reads all of the capture only where that cannot be told otherwise, or where it finds damage.
     *
     * @param wanted the dumps to be shown, which should be complete
     * @param times  how times are read and shown
     * @throws IllegalArgumentException if the capture has no times or the text is not a time
     * @throws IOException              if the capture has no such snapshot, or its span does not include the time
     */
    public Snapshot choose(Moments moments, SnapshotSelector.Wanted wanted, ShownTimes times, PrintWriter err)
            throws IOException {
        Snapshot[] chosen = new Snapshot[1];
        SnapshotSelector selector = choose(moments, () -> SnapshotSelector.lastComplete(wanted), times,
                s -> chosen[0] = s);
        selector.check(moments.path());
        Snapshot found = Objects.requireNonNull(chosen[0]);
        printReading(selector, err);
        printChosen(found, times, err);
        return found;
    }

    /**
     * Passes each snapshot that the given option selects so far to {@code chosen}; the last of them is the one.
     *
     * @return the selector, which is yet to be checked
     * @throws IllegalArgumentException if the capture has no times, the text is not a time, or no option was given
     */
    public SnapshotSelector choose(Moments moments, ShownTimes times, Consumer<Snapshot> chosen) throws IOException {
        return choose(moments, () -> {
            throw new IllegalArgumentException("no snapshot is named");
        }, times, chosen);
    }

    private SnapshotSelector choose(Moments moments, Supplier<SnapshotSelector> unnamed, ShownTimes times,
            Consumer<Snapshot> chosen) throws IOException {
        CaptureTimes listed = at == null ? null : CaptureTimes.listed(moments);
        SnapshotSelector found = MomentChoice.find(moments, () -> selector(unnamed, listed, times), chosen);
        if (found != null) {
            return found;
        }
        CaptureTimes read = at == null ? null : CaptureTimes.of(List.of(moments.path()));
        SnapshotSelector selector = Objects.requireNonNull(selector(unnamed, read, times));
        SnapshotReader reader = moments.whole();
        Snapshot s;
        while ((s = reader.next()) != null) {
            if (selector.takes(s)) {
                chosen.accept(s);
            }
        }
        return selector;
    }

    private @Nullable SnapshotSelector selector(
            Supplier<SnapshotSelector> unnamed, @Nullable CaptureTimes captured, ShownTimes times) {
        if (number != null) {
            return SnapshotSelector.numbered(number);
        }
        if (at != null) {
            return captured == null ? null : SnapshotSelector.at(at, captured, times);
        }
        return unnamed.get();
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
