package dev.sockreel.cli.choosing;

import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.reading.RepeatedSnapshots;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads captures one after another. A snapshot that several of them hold is read once. */
public final class SnapshotFeed {
    /** Receives the snapshots. */
    public interface Visitor {
        /** @param file index of the capture */
        void visit(int file, Snapshot snapshot) throws IOException;
    }

    private final List<Path> files;
    private final RepeatedSnapshots repeated;

    private SnapshotFeed(List<Path> files, RepeatedSnapshots repeated) {
        this.files = files;
        this.repeated = repeated;
    }

    /** Compares the captures, if there are several. */
    public static SnapshotFeed of(List<Path> files) throws IOException {
        return new SnapshotFeed(List.copyOf(files), RepeatedSnapshots.in(files));
    }

    /**
     * Passes each snapshot to the visitor. What is wrong with the captures themselves is added to {@code problems}; what
     * is wrong with snapshots is left to the visitor.
     */
    public void forEach(InputProblems problems, Visitor visitor) throws IOException {
        problems.addRepeats(repeated.list());
        for (int i = 0; i < files.size(); i++) {
            try (SnapshotReader reader = SnapshotReader.open(files.get(i))) {
                Snapshot s;
                while ((s = reader.next()) != null) {
                    if (!repeated.countsElsewhere(i, s)) {
                        visitor.visit(i, s);
                    }
                }
                problems.add(reader.capture());
            }
        }
    }
}
