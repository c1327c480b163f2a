package dev.sockreel.cli.choosing;

import dev.sockreel.dump.Dump;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.function.Predicate;
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
     * @throws IllegalArgumentException if the capture has no times or the text is not a time
     * @throws IOException              if the capture has no such snapshot, or its span does not include the time
     */
    public Snapshot choose(SnapshotReader reader, Predicate<Dump> wanted, PrintWriter err) throws IOException {
        SnapshotSelector given = selector(reader);
        SnapshotSelector selector = given == null ? SnapshotSelector.lastComplete(wanted) : given;
        Snapshot chosen = null;
        Snapshot s;
        while ((s = reader.next()) != null) {
            chosen = selector.takes(s) ? s : chosen;
        }
        selector.check(reader.capture().path());
        Snapshot found = Objects.requireNonNull(chosen);
        printChosen(found, err);
        return found;
    }

    /**
     * Returns the selector for the given option, null if none was given.
     *
     * @throws IllegalArgumentException if the capture has no times or the text is not a time
     */
    public @Nullable SnapshotSelector selector(SnapshotReader reader) throws IOException {
        if (number != null) {
            return SnapshotSelector.numbered(number);
        }
        return at == null ? null : SnapshotSelector.at(at, reader);
    }

    private void printChosen(Snapshot s, PrintWriter err) {
        if (number == null) {
            String began = Rfc3339.of(s.begin().realtimeNs());
            err.println("snapshot " + s.index() + (began == null ? "" : ", " + began));
            err.flush();
        }
    }
}
