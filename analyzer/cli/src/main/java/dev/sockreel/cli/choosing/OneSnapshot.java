package dev.sockreel.cli.choosing;

import dev.sockreel.dump.Dump;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One snapshot of a capture: by number or time, or the last that is complete for what is asked. */
public class OneSnapshot {
    @Option(names = "--snapshot", paramLabel = "N", description = "Snapshot N, from 0.")
    private @Nullable Integer number;

    @Option(names = "--at", paramLabel = "TIME", description = "The last snapshot that began by then: 2026-11-22T14:32:00Z, 14:32, -5m, +90s.")
    private @Nullable String at;

    /**
     * Reads the capture to its end, so that its damage is known whatever was chosen, and says which one it is unless
     * that was given.
     *
     * @param wanted dumps that are asked for
     * @throws IllegalArgumentException one sentence, when there is no such snapshot or time
     */
    public Snapshot choose(SnapshotReader reader, Predicate<Dump> wanted, PrintWriter err) throws IOException {
        SnapshotPick pick = number != null
                ? SnapshotPick.numbered(number)
                : at != null ? SnapshotPick.at(at, reader) : SnapshotPick.lastComplete(wanted);
        Snapshot chosen = null;
        Snapshot s;
        while ((s = reader.next()) != null) {
            chosen = pick.takes(s) ? s : chosen;
        }
        if (chosen == null) {
            throw new IllegalArgumentException(pick.whyNone(reader));
        }
        say(chosen, err);
        return chosen;
    }

    private void say(Snapshot s, PrintWriter err) {
        if (number == null) {
            String began = Rfc3339.of(s.begin().realtimeNs());
            err.println("snapshot " + s.index() + (began == null ? "" : ", " + began));
            err.flush();
        }
    }
}
