package dev.sockreel.snapshot;

import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.Threads;
import java.util.List;

/** What a snapshot holds beside dumps, owners and texts: processes, threads, destroyed sockets, namespaces. */
public record HostRecords(
        List<Processes> processes, List<Threads> threads, List<ClosedSockets> closed,
        List<HostNamespaces> namespaces) {
    public static final HostRecords NONE = new HostRecords(List.of(), List.of(), List.of(), List.of());

    public HostRecords {
        processes = List.copyOf(processes);
        threads = List.copyOf(threads);
        closed = List.copyOf(closed);
        namespaces = List.copyOf(namespaces);
    }
}
