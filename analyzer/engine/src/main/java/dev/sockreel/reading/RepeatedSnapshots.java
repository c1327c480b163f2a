package dev.sockreel.reading;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.GroupEntry;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.SnapshotPart;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Recognizes the snapshots that several captures hold, because a capture is given twice or with a copy of it, made
 * perhaps while the recorder went on. Each counts once: in the first of those captures that hold most of it.
 */
public final class RepeatedSnapshots {
    /**
     * Snapshots that a capture shares with an earlier one.
     *
     * @param file      index of the capture
     * @param earlier   index of the first capture that holds them
     * @param snapshots their number
     */
    public record Repeat(int file, int earlier, int snapshots) {}

    /**
     * The captures that hold one snapshot.
     *
     * @param first  index of the first
     * @param fullest index of the one to read it from
     * @param groups number of its groups there
     */
    private record Holders(int first, int fullest, int groups) {
        Holders and(int file, int itsGroups) {
            return itsGroups > groups ? new Holders(first, file, itsGroups) : this;
        }
    }

    private final Map<SnapshotId, Holders> holders = new HashMap<>();
    private final List<Repeat> repeats = new ArrayList<>();

    private RepeatedSnapshots() {}

    /**
     * Compares the captures. One alone is not read; of several, the headers of their groups are, and the records of
     * those only that share a snapshot by their headers, which may state another snapshot than their records.
     */
    public static RepeatedSnapshots in(List<Path> files) throws IOException {
        RepeatedSnapshots all = new RepeatedSnapshots();
        if (files.size() > 1) {
            List<Map<SnapshotId, Integer>> groups = new ArrayList<>();
            for (Path file : files) {
                groups.add(statedGroups(file));
            }
            Map<SnapshotId, Integer> captures = new HashMap<>();
            groups.forEach(g -> g.keySet().forEach(id -> captures.merge(id, 1, Integer::sum)));
            for (int i = 0; i < files.size(); i++) {
                boolean shares = groups.get(i).keySet().stream().anyMatch(id -> captures.getOrDefault(id, 0) > 1);
                all.add(i, shares ? readGroups(files.get(i)) : groups.get(i));
            }
        }
        return all;
    }

    /** Returns how many groups of each snapshot have records that the reader does not pass over. */
    private static Map<SnapshotId, Integer> readGroups(Path file) throws IOException {
        Map<SnapshotId, Integer> counts = new HashMap<>();
        try (CaptureReader capture = CaptureReader.open(file)) {
            SnapshotId id = null;
            SnapshotId counted = null;
            int group = -1;
            CaptureRecord record;
            while ((record = capture.next()) != null) {
                if (record instanceof SnapshotPart part) {
                    id = new SnapshotId(capture.fileId(), part.snapshot());
                }
                boolean isNext = !Objects.equals(id, counted) || capture.place().group() != group;
                if (id != null && isNext && id.fileId() == capture.fileId()) {
                    counts.merge(id, 1, Integer::sum);
                    counted = id;
                    group = capture.place().group();
                }
            }
        }
        return counts;
    }

    /**
     * Returns how many groups of each snapshot the headers state. A group that was joined to its copy counts once.
     */
    private static Map<SnapshotId, Integer> statedGroups(Path file) throws IOException {
        record Group(long fileId, int number) {}
        Set<Group> seen = new HashSet<>();
        Map<SnapshotId, Integer> counts = new HashMap<>();
        try (CaptureReader capture = CaptureReader.open(file)) {
            for (GroupEntry g : capture.groups()) {
                if (g.firstSnapshot() >= 0 && seen.add(new Group(g.fileId(), g.number()))) {
                    counts.merge(new SnapshotId(g.fileId(), g.firstSnapshot()), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private void add(int file, Map<SnapshotId, Integer> groups) {
        Map<Integer, Integer> shared = new TreeMap<>();
        groups.forEach((id, count) -> {
            Holders known = holders.get(id);
            holders.put(id, known == null ? new Holders(file, file, count) : known.and(file, count));
            if (known != null) {
                shared.merge(known.first(), 1, Integer::sum);
            }
        });
        shared.forEach((earlier, snapshots) -> repeats.add(new Repeat(file, earlier, snapshots)));
    }

    /** Returns whether a snapshot, read from the capture with this index, counts in another capture. */
    public boolean countsElsewhere(int file, Snapshot snapshot) {
        Holders known = holders.get(snapshot.id());
        return known != null && known.fullest() != file;
    }

    /** Returns what captures share with earlier ones, in their order. */
    public List<Repeat> list() {
        return List.copyOf(repeats);
    }
}
