package dev.sockreel.reading;

import dev.sockreel.capture.GroupList;
import dev.sockreel.capture.SnapshotEntry;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.process.KnownProcesses;
import dev.sockreel.snapshot.OwnerTable;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings a reader to a snapshot in the middle of a capture, with all that earlier ones leave to it. */
final class MomentSearch {
    private static final int NONE = -1;

    private final SnapshotReader reader;
    private final List<SnapshotEntry> all;
    /** The first of the snapshots that are read one after another. */
    private final int window;
    private final int first;
    private final PastRecords past;

    /**
     * Reads the begin of the capture.
     *
     * @param first index of the snapshot, above {@link SnapshotReader#NEIGHBOURS}
     */
    MomentSearch(SnapshotReader reader, Path path, GroupList list, List<SnapshotEntry> all, int first)
            throws IOException {
        this.reader = reader;
        this.all = all;
        this.first = first;
        this.window = first - SnapshotReader.NEIGHBOURS;
        this.past = new PastRecords(path, list, all, window);
        CaptureHeader header = past.header();
        if (header != null) {
            reader.begin(header, past.host());
            reader.capture().readSome(list, header);
        }
    }

    /**
     * Makes {@link SnapshotReader#next} return the snapshot, and then those after it.
     *
     * @return false when the file does not say where what they need stands, or not all of it is to be had
     */
    boolean go() throws IOException {
        if (!past.areMarked()) {
            return false;
        }
        OwnerTable owners = OwnerTable.after(KnownProcesses.recordedIn(past, past.clock()));
        int scan = lastScan();
        boolean isPassed = scan != NONE && scan < window;
        if (isPassed) {
            Snapshot scanned = read(scan, owners);
            if (scanned == null) {
                return false;
            }
            owners = scanned.owners().afterListing(scanned);
        }
        reader.go(all.get(window).begin(), owners, past.namespaces());
        for (int i = window; i < first; i++) {
            Snapshot s = reader.pass();
            // which of the holders live has to be known without the snapshots between
            if (s == null || (isPassed && i == window && !reader.hasSettledOwners())) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether something of what was read beside the snapshots is damaged. */
    boolean isDamaged() {
        return past.isDamaged();
    }

    private int lastScan() {
        int i = first;
        while (i >= 0 && !all.get(i).hasOwners()) {
            i--;
        }
        return i;
    }

    private @Nullable Snapshot read(int index, OwnerTable owners) throws IOException {
        reader.go(all.get(index).begin(), owners, List.of());
        Snapshot s = reader.pass();
        return s != null && s.index() == all.get(index).number() ? s : null;
    }
}
