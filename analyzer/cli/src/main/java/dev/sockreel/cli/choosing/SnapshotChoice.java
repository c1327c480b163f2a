package dev.sockreel.cli.choosing;

import dev.sockreel.dump.Dump;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Predicate;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which snapshots of a capture: one by number or time, all, or the last that is complete for what is asked. */
public final class SnapshotChoice {
    @ArgGroup
    private OneOrAll chosen = new OneOrAll();

    static final class OneOrAll extends OneSnapshot {
        @Option(names = "--all", description = "All snapshots, one after another.")
        private boolean all;
    }

    /** Takes the chosen snapshots. */
    public interface Visitor {
        void visit(Snapshot snapshot) throws IOException;
    }

    /**
     * Reads the capture to its end, so that its damage is known whatever was chosen.
     *
     * @param wanted dumps that are asked for
     * @throws IllegalArgumentException one sentence, when there is no such snapshot or time
     */
    public void visit(SnapshotReader reader, Predicate<Dump> wanted, PrintWriter err, Visitor visitor)
            throws IOException {
        if (!chosen.all) {
            visitor.visit(chosen.choose(reader, wanted, err));
            return;
        }
        Snapshot s;
        while ((s = reader.next()) != null) {
            visitor.visit(s);
        }
    }

    public boolean isAll() {
        return chosen.all;
    }
}
