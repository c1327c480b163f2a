package dev.sockreel.cli.choosing;

import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.reading.RepeatedSnapshots;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the snapshots of captures that are in a range. A snapshot that several captures hold is read once. */
public final class SnapshotFeed {
    /** Receives the snapshots. */
    public interface Visitor {
        /** @param file index of the capture */
        void visit(int file, Snapshot snapshot) throws IOException;
    }

    private final List<Path> files;
    private final SnapshotRange range;
    private final RepeatedSnapshots repeated;

    private SnapshotFeed(List<Path> files, SnapshotRange range, RepeatedSnapshots repeated) {
        this.files = files;
        this.range = range;
        this.repeated = repeated;
    }

    /** Compares the captures, if there are several. */
    public static SnapshotFeed of(List<Path> files, SnapshotRange range) throws IOException {
        return new SnapshotFeed(List.copyOf(files), range, RepeatedSnapshots.in(files));
    }

    /**
     * Passes each snapshot to the visitor. What is wrong with the captures themselves is added to {@code problems};
     * what is wrong with snapshots is left to the visitor.
     *
     * @throws picocli.CommandLine.ParameterException if the range is not one
     * @throws IOException                           if a capture cannot be read, or no snapshot is in the range
     */
    public void forEach(InputProblems problems, Visitor visitor) throws IOException {
        SnapshotRange.Filter filter = range.filter(files);
        problems.addRepeats(repeated.list());
        for (int i = 0; i < files.size(); i++) {
            try (SnapshotReader reader = SnapshotReader.openToCompare(files.get(i))) {
                Snapshot s;
                while ((s = reader.next()) != null) {
                    if (!repeated.countsElsewhere(i, s) && filter.takes(s)) {
                        visitor.visit(i, s);
                    }
                }
                problems.add(reader.capture());
            }
        }
        filter.check(files);
    }
}
