package dev.sockreel.cli;

import dev.sockreel.export.Rfc3339;
import dev.sockreel.snapshot.Dump;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which snapshots of a capture: one by number or time, all, or the last that is complete for what is asked. */
final class SnapshotChoice {
    @ArgGroup
    private One one = new One();

    static final class One {
        @Option(names = "--snapshot", paramLabel = "N", description = "Snapshot N, from 0.")
        private @Nullable Integer number;

        @Option(names = "--at", paramLabel = "TIME",
                description = "The last snapshot that began by then: 2026-11-22T14:32:00Z, 14:32, -5m, +90s.")
        private @Nullable String at;

        @Option(names = "--all", description = "All snapshots, one after another.")
        private boolean all;
    }

    /** Takes the chosen snapshots. */
    interface Visitor {
        void visit(Snapshot snapshot) throws IOException;
    }

    /**
     * Reads the capture to its end, so that its damage is known whatever was chosen.
     *
     * @param wanted dumps that are asked for
     * @throws IllegalArgumentException one sentence, when there is no such snapshot or time
     */
    void visit(SnapshotReader reader, Predicate<Dump> wanted, PrintWriter err, Visitor visitor) throws IOException {
        if (one.all) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                visitor.visit(s);
            }
            return;
        }
        Snapshot chosen = choose(reader, wanted);
        say(chosen, err);
        visitor.visit(chosen);
    }

    boolean isAll() {
        return one.all;
    }

    private Snapshot choose(SnapshotReader reader, Predicate<Dump> wanted) throws IOException {
        SnapshotPick pick = one.number != null
                ? SnapshotPick.numbered(one.number)
                : one.at != null ? SnapshotPick.at(one.at, reader) : SnapshotPick.lastComplete(wanted);
        Snapshot chosen = null;
        Snapshot s;
        while ((s = reader.next()) != null) {
            chosen = pick.takes(s) ? s : chosen;
        }
        if (chosen == null) {
            throw new IllegalArgumentException(pick.whyNone(reader));
        }
        return chosen;
    }

    private void say(Snapshot s, PrintWriter err) {
        if (one.number == null) {
            String at = Rfc3339.of(s.begin().realtimeNs());
            err.println("snapshot " + s.index() + (at == null ? "" : ", " + at));
            err.flush();
        }
    }
}
