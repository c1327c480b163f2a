package dev.sockreel.reading;

import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.RecorderNote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Records that stand between the end of a snapshot and the begin of the next, which takes them. */
final class LooseRecords {
    /** Limit for the notes, and for the namespaces, between two snapshots. */
    static final int MAX_LOOSE = 1 << 16;

    private final Consumer<String> passedOver;
    private final List<RecorderNote> notes = new ArrayList<>();
    private final Map<Integer, NetworkNamespace> namespaces = new LinkedHashMap<>();
    private final Set<String> reported = new HashSet<>();

    /** @param passedOver takes why records are passed over; once for each kind, as nobody writes so many */
    LooseRecords(Consumer<String> passedOver) {
        this.passedOver = passedOver;
    }

    void add(RecorderNote note) {
        if (hasRoom(notes.size(), "notes")) {
            notes.add(note);
        }
    }

    void add(NetworkNamespace netns) {
        if (namespaces.containsKey(netns.netns()) || hasRoom(namespaces.size(), "network namespaces")) {
            namespaces.put(netns.netns(), netns);
        }
    }

    private boolean hasRoom(int size, String what) {
        if (size >= MAX_LOOSE && reported.add(what)) {
            passedOver.accept("there are more than " + MAX_LOOSE + " " + what
                    + " between two snapshots; the others are passed over");
        }
        return size < MAX_LOOSE;
    }

    /**
     * Gives all to the next snapshot.
     *
     * @param withNamespaces whether its own may be lost, so that those before it count
     */
    void giveTo(SnapshotBuilder snapshot, boolean withNamespaces) {
        if (withNamespaces) {
            namespaces.values().forEach(snapshot::namespace);
        }
        notes.forEach(snapshot::note);
        clear();
    }

    void clear() {
        notes.clear();
        namespaces.clear();
    }

    List<RecorderNote> notes() {
        return List.copyOf(notes);
    }
}
