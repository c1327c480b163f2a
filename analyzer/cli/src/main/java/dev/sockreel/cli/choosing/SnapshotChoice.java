package dev.sockreel.cli.choosing;

import dev.sockreel.dump.Dump;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Predicate;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The {@code --snapshot}, {@code --at} and {@code --all} options. The default is the last complete snapshot. */
public final class SnapshotChoice {
    @ArgGroup
    private OneOrAll chosen = new OneOrAll();

    static final class OneOrAll extends OneSnapshot {
        @Option(names = "--all", description = "All snapshots, one after another.")
        private boolean all;
    }

    /** Receives the chosen snapshots. */
    public interface Visitor {
        void visit(Snapshot snapshot) throws IOException;
    }

    /**
     * Passes the chosen snapshots to the visitor. Reads the capture to its end, so that all its damage is found.
     *
     * @param wanted the dumps to be shown, which should be complete
     * @throws IllegalArgumentException if there is no such snapshot or time
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
