package dev.sockreel.cause;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Victim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group with its place among the causes.
 *
 * @param id       {@code c1} for the most important
 * @param waitsFor id of the cause that its process waits for, null for a root
 * @param deadlocked whether that cause, by others or directly, waits for this one too
 */
record Ranked(
        String id, Group group, List<Victim> victims, Severity severity, @Nullable String waitsFor,
        boolean deadlocked) {
    private static final class Node {
        private final int index;
        private final Group group;
        private final List<Victim> victims;
        private final int waitsFor;
        private Severity severity;

        Node(int index, List<Group> groups, List<List<Victim>> victims) {
            this.index = index;
            this.group = groups.get(index);
            this.victims = victims.get(index);
            this.waitsFor = Chains.waitsFor(groups, victims, index);
            this.severity = Impact.severity(group, this.victims);
        }

        boolean isRoot() {
            return waitsFor < 0 || waitsFor == index;
        }

        Certainty certainty() {
            return group.own().stream().map(f -> f.finding().certainty()).min(Comparator.naturalOrder())
                    .orElse(Certainty.CANNOT_TELL);
        }

        long blocked() {
            return victims.stream().filter(Victim::isBlocked).count();
        }
    }

    /** Returns the causes, the most important first: by severity, roots first, then by who hangs, and how many sockets. */
    static List<Ranked> of(List<Group> groups, List<List<Victim>> victims) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            nodes.add(new Node(i, groups, victims));
        }
        raiseRoots(nodes);
        List<Node> order = new ArrayList<>(nodes);
        order.sort(Comparator.comparing((Node n) -> n.severity).reversed()
                .thenComparing(n -> !n.isRoot())
                .thenComparingLong(n -> -n.blocked())
                .thenComparing(Node::certainty)
                .thenComparingInt(n -> -n.group.members().size()));
        Map<Integer, String> ids = new HashMap<>();
        order.forEach(n -> ids.put(n.index, "c" + (ids.size() + 1)));
        return order.stream().map(n -> new Ranked(
                ids.getOrDefault(n.index, ""), n.group, n.victims, n.severity, ids.get(n.waitsFor),
                isDeadlocked(nodes, n)))
                .toList();
    }

    /** Gives a root the severity of the causes that wait for it. */
    private static void raiseRoots(List<Node> nodes) {
        for (int round = 0; round < nodes.size(); round++) {
            boolean changed = false;
            for (Node node : nodes) {
                Node root = node.waitsFor < 0 ? node : nodes.get(node.waitsFor);
                if (root.severity.compareTo(node.severity) < 0) {
                    root.severity = node.severity;
                    changed = true;
                }
            }
            if (!changed) {
                return;
            }
        }
    }

    private static boolean isDeadlocked(List<Node> nodes, Node node) {
        Node at = node;
        for (int steps = 0; steps < nodes.size() && at.waitsFor >= 0; steps++) {
            at = nodes.get(at.waitsFor);
            if (at == node) {
                return true;
            }
        }
        return false;
    }
}
