package dev.sockreel.reading;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits of one snapshot (captures/FORMAT.md, "Limits of a snapshot"), counted while its records are read: how many
 * there may be of what is looked at together, and the share of the heap that they may take.
 */
public final class SnapshotLimits {
    static final int MAX_NAMESPACES = 1 << 16;
    static final int MAX_DUMPS = 1 << 20;
    /** Dumps of one namespace and kind of socket, whose rows are joined. */
    static final int MAX_DUMPS_OF_A_KIND = 1 << 12;

    private record Kind(int netns, String protocol) {}

    private final Set<Integer> namespaces = new HashSet<>();
    private final Map<Kind, Integer> dumpsOfKind = new HashMap<>();
    private final long maxBytes;
    private long bytes;
    private int dumps;

    /** Returns the limits of a snapshot that this heap has room for. */
    public static SnapshotLimits ofHeap() {
        return new SnapshotLimits(Runtime.getRuntime().maxMemory() / SnapshotReader.HEAP_SHARE);
    }

    /** @param maxBytes the memory that records may take */
    SnapshotLimits(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Counts a record. Returns false when the snapshot takes too much memory with it. */
    public boolean hold(CaptureRecord record) {
        bytes += RecordMemory.bytes(record);
        return bytes <= maxBytes;
    }

    /** Counts the sockets that a datagram lists. Returns false when the snapshot takes too much memory with them. */
    boolean holdSockets(int sockets) {
        bytes += (long) sockets * RecordMemory.SOCKET_BYTES;
        return bytes <= maxBytes;
    }

    /** Returns why the snapshot is passed over as a whole. */
    String tooLarge(int snapshot) {
        return largerThanLimit(snapshot) + ", and is passed over; a larger heap reads it: " + largerHeap();
    }

    /** Returns a clause that says how much a snapshot may take. */
    public String largerThanLimit(int snapshot) {
        return "snapshot %d takes more than %d MiB, a third of the heap".formatted(snapshot, maxBytes >> 20);
    }

    /** Returns the setting of a larger heap. */
    public static String largerHeap() {
        return "SOCKREEL_JAVA_OPTS=-Xmx" + largerHeapGib() + "g";
    }

    private static long largerHeapGib() {
        return Math.max(2, (Runtime.getRuntime().maxMemory() * 2 >> 30) + 1);
    }

    /** Counts a namespace; returns why it is one too many, else null. */
    @Nullable
    String add(NetworkNamespace netns) {
        if (namespaces.size() == MAX_NAMESPACES && !namespaces.contains(netns.netns())) {
            return "there are more than " + MAX_NAMESPACES + " network namespaces; the others are passed over";
        }
        namespaces.add(netns.netns());
        return null;
    }

    /** Counts a dump; returns why it is one too many, else null. */
    @Nullable
    String add(DumpBegin dump, DumpRequest request) {
        if (dumps == MAX_DUMPS) {
            return "there are more than " + MAX_DUMPS + " dumps; the others are passed over";
        }
        int ofKind = dumpsOfKind.merge(new Kind(dump.netns(), request.kind()), 1, Integer::sum);
        if (ofKind > MAX_DUMPS_OF_A_KIND) {
            return "there are more than " + MAX_DUMPS_OF_A_KIND
                    + " dumps of one kind of socket in one namespace; the others are passed over";
        }
        dumps++;
        return null;
    }
}
