package dev.sockreel.unseen;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.wording.Counted;
import dev.sockreel.wording.PrintableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Network namespaces of the host that were not recorded: nobody looked at their sockets. */
final class NamespacesRule implements UnseenRule {
    private static final String ID = "namespaces";
    private static final int MAX_NAMED = 3;

    private record Basis(List<HostNamespaces> listings, Map<Integer, NetworkNamespace> recorded,
            @Nullable String options) {}

    @Override
    public Object basis(Circumstances c) {
        Snapshot snapshot = c.snapshot();
        return new Basis(snapshot.records().namespaces(), snapshot.namespaces(),
                snapshot.host().get(HostEvidence.RECORD_OPTIONS));
    }

    @Override
    public List<Unseen> of(Circumstances c) {
        Snapshot snapshot = c.snapshot();
        List<HostNamespaces> listings = snapshot.records().namespaces();
        Set<Long> recorded =
                snapshot.namespaces().values().stream().map(NetworkNamespace::inode).collect(Collectors.toSet());
        if (listings.isEmpty() || recorded.isEmpty() || recorded.contains(0L)) {
            return List.of();
        }
        HostNamespaces host = listings.getLast();
        List<HostNamespaces.Namespace> others = host.namespaces().stream()
                .filter(n -> !recorded.contains(n.inode()))
                .sorted(Comparator.comparingInt((HostNamespaces.Namespace n) -> -n.processes())
                        .thenComparingLong(HostNamespaces.Namespace::inode))
                .toList();
        List<Unseen> found = new ArrayList<>(2);
        if (!others.isEmpty()) {
            found.add(notRecorded(snapshot, others));
        }
        if (host.unreadable() > 0) {
            found.add(notPermitted(host.unreadable()));
        }
        return found;
    }

    private static Unseen notRecorded(Snapshot snapshot, List<HostNamespaces.Namespace> others) {
        long processes = others.stream().mapToLong(HostNamespaces.Namespace::processes).sum();
        String why = Counted.of(others.size(), "other network namespace") + " with "
                + Counted.of(processes, "process", "processes") + (others.size() == 1 ? " was" : " were")
                + " not recorded";
        return new Unseen(ID, List.of(), why, "the sockets of " + names(others) + " are not shown", Unseen.NOT_KNOWN,
                recordsAll(snapshot) ? "" : "record with --netns all", true);
    }

    /** Returns the largest by their names, or by a process. */
    private static String names(List<HostNamespaces.Namespace> others) {
        List<String> names = new ArrayList<>();
        others.stream().limit(MAX_NAMED).forEach(n -> names.add(name(n)));
        if (others.size() > MAX_NAMED) {
            names.add(others.size() - MAX_NAMED + " more");
        }
        return UnseenPhrases.list(names);
    }

    private static String name(HostNamespaces.Namespace n) {
        if (!n.name().isEmpty()) {
            return PrintableName.of(n.name());
        }
        return n.pid() > 0 ? PrintableName.of(n.comm()) + " (pid " + n.pid() + ")" : "namespace " + n.inode();
    }

    /** Returns whether all were asked for, so that those missing came after the begin of the recording. */
    private static boolean recordsAll(Snapshot snapshot) {
        String options = snapshot.host().get(HostEvidence.RECORD_OPTIONS);
        return options != null && options.matches(".*--netns[ =](?:\\S*,)?all\\b.*");
    }

    private static Unseen notPermitted(int processes) {
        return new Unseen("namespaces-not-permitted", List.of(),
                "the network namespaces of " + Counted.of(processes, "process", "processes") + " could not be read",
                "it is not known whether they were recorded", Unseen.NOT_KNOWN,
                "record as root, or with CAP_SYS_PTRACE", false);
    }
}
