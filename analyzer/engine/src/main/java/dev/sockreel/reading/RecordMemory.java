package dev.sockreel.reading;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.Threads;

/**
 * Estimates the memory that a record takes in a snapshot, objects made of it included: of small records these are most.
 */
final class RecordMemory {
    /** Two numbers in arrays that grow, and up to four places in the index of cookies. */
    static final int SOCKET_BYTES = 100;

    private static final int RECORD_BYTES = 200;
    /** Tables of an open dump and of a finished one. */
    private static final int DUMP_BYTES = 3000;
    private static final int HOLDER_BYTES = 600;
    /** A descriptor in a list of those of one inode, in a table of inodes. */
    private static final int DESCRIPTOR_BYTES = 200;
    private static final int FACTS_BYTES = 600;
    private static final int PART_BYTES = 200;

    static long bytes(CaptureRecord record) {
        return RECORD_BYTES + switch (record) {
            case Datagram d -> d.data().readableBytes();
            case ClosedSockets c -> c.data().readableBytes();
            case DumpBegin d -> DUMP_BYTES + d.maxBytes();
            case ProcText t -> 2L * t.maxBytes();
            case Owners o -> o.maxBytes() + o.processes().stream()
                    .mapToLong(p -> HOLDER_BYTES + (long) p.fds().length * DESCRIPTOR_BYTES).sum();
            case Processes p -> 2L * p.maxBytes() + (long) p.processes().size() * FACTS_BYTES;
            case Threads t -> 2L * t.maxBytes() + t.processes().stream()
                    .mapToLong(p -> PART_BYTES + (long) p.threads().size() * PART_BYTES).sum();
            case HostNamespaces h -> h.maxBytes() + (long) h.namespaces().size() * PART_BYTES;
            case NetworkNamespace n -> n.maxBytes() + (long) n.interfaces().size() * PART_BYTES;
            case OwnSockets o -> (long) o.sockets().size() * DESCRIPTOR_BYTES;
            case RecorderNote n -> 2L * n.text().length();
            default -> record.maxBytes();
        };
    }

    private RecordMemory() {}
}
