package dev.sockreel.cli;

import dev.sockreel.snapshot.Dump;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Predicate;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which snapshots of a capture: one by number or time, all, or the last that is complete for what is asked. */
final class SnapshotChoice {
    @ArgGroup
    private OneOrAll chosen = new OneOrAll();

    static final class OneOrAll extends OneSnapshot {
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
        if (!chosen.all) {
            visitor.visit(chosen.choose(reader, wanted, err));
            return;
        }
        Snapshot s;
        while ((s = reader.next()) != null) {
            visitor.visit(s);
        }
    }

    boolean isAll() {
        return chosen.all;
    }
}
