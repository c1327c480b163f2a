package dev.sockreel.process;

import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.Threads;
import java.util.List;

/**
 * What a snapshot holds beside dumps, owners and texts.
 *
 * @param processes  facts about processes that were recorded in it
 * @param threads    what threads waited for
 * @param closed     messages about sockets that were destroyed since the snapshot before
 * @param namespaces the host's namespaces, as last listed up to here
 * @param own        sockets of the recorder itself
 */
public record HostRecords(
        List<Processes> processes, List<Threads> threads, List<ClosedSockets> closed,
        List<HostNamespaces> namespaces, List<OwnSockets> own) {
    public static final HostRecords NONE = new HostRecords(List.of(), List.of(), List.of(), List.of(), List.of());

    public HostRecords {
        processes = List.copyOf(processes);
        threads = List.copyOf(threads);
        closed = List.copyOf(closed);
        namespaces = List.copyOf(namespaces);
        own = List.copyOf(own);
    }
}
