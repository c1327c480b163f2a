package dev.sockreel.recorder.probe;

import dev.sockreel.nlmsg.DiagModule;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.PingText;
import dev.sockreel.recorder.host.DiagHandlers;
import dev.sockreel.recorder.options.FamilyChoice;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists what a recording made here and now would not show, and what would change that: a sentence each. */
public final class ProbeUnseen {
    private final byte[] protocols;
    private final List<String> sentences = new ArrayList<>();

    private ProbeUnseen(byte[] protocols) {
        this.protocols = protocols;
    }

    /**
     * Returns the sentences.
     *
     * @param handlers        state of each family's handler
     * @param protocols       /proc/net/protocols, which counts the sockets
     * @param privileges      capabilities and whether they are held
     * @param otherNamespaces number of visible namespaces other than this one
     */
    public static List<String> of(
            Map<Family, DiagHandlers.Known> handlers, byte[] protocols, List<Probe.Privilege> privileges,
            long otherNamespaces) {
        ProbeUnseen unseen = new ProbeUnseen(protocols);
        unseen.handlers(handlers);
        unseen.ping();
        unseen.privileges(privileges);
        unseen.namespaces(otherNamespaces);
        return List.copyOf(unseen.sentences);
    }

    private void handlers(Map<Family, DiagHandlers.Known> handlers) {
        Map<String, List<Family>> byModule = new LinkedHashMap<>();
        handlers.forEach((family, known) -> {
            boolean missed = known.state() != DiagHandlers.State.LOADED && !family.isPart();
            if (missed && inUse(family) > 0) {
                byModule.computeIfAbsent(family.module().name(), m -> new ArrayList<>()).add(family);
            }
        });
        byModule.values().forEach(families -> {
            DiagHandlers.Known known = handlers.get(families.getFirst());
            if (known != null) {
                long sockets = families.stream().mapToLong(this::inUse).sum();
                sentences.add(handler(families.getFirst().module(), known, stays(families, sockets)));
            }
        });
    }

    /** Returns how many sockets of a family the kernel counts. */
    private long inUse(Family family) {
        return FamilyChoice.sockets(protocols, family.count().protocols());
    }

    private static String stays(List<Family> families, long sockets) {
        Set<String> kinds = new LinkedHashSet<>();
        families.forEach(f -> kinds.add(f.kind()));
        String socket = String.join(" and ", kinds) + " socket";
        String lacks = families.getFirst().textLacks();
        return lacks.isEmpty() ? Counted.of(sockets, socket + " stays unseen", socket + "s stay unseen")
                : lacks + " of " + Counted.of(sockets, socket) + " stay unknown";
    }

    private static String handler(DiagModule module, DiagHandlers.Known known, String stays) {
        String name = module.name();
        return switch (known.state()) {
            case LOADABLE -> name + " is not loaded. `record` makes the kernel load it, which changes this host. With"
                    + " --no-modprobe, " + stays + ".";
            case UNKNOWN ->
                name + " may not be loaded (" + known.evidence() + "). `record` requests it, which may load it."
                        + " If it cannot be loaded, or with --no-modprobe, " + stays + ".";
            default -> known.fixedKernel()
                    ? "This kernel was built without " + name + " and cannot load modules: " + stays
                            + ". Only a kernel built with " + module.config() + " shows them."
                    : "This host has no " + name + ": " + stays + ". Install the modules of this kernel ("
                            + module.config() + ").";
        };
    }

    private void ping() {
        long sockets = FamilyChoice.sockets(protocols, PingText.protocolsRows());
        if (sockets > 0) {
            sentences.add("No kernel has a handler for ping sockets: " + PingText.LACKS + " of "
                    + Counted.of(sockets, "ping socket") + " stay unknown.");
        }
    }

    private void privileges(List<Probe.Privilege> privileges) {
        List<String> missing = privileges.stream().filter(p -> !p.held()).map(Probe.Privilege::name).toList();
        List<String> owners =
                missing.stream().filter(m -> m.equals("CAP_SYS_PTRACE") || m.equals("CAP_DAC_READ_SEARCH")).toList();
        if (!owners.isEmpty()) {
            sentences.add("Without " + String.join(" and ", owners)
                    + ", the processes that hold other users' sockets are unknown. Run as root.");
        }
        if (missing.contains("CAP_NET_ADMIN")) {
            sentences.add("Marks, TCP-MD5 use and details of upper layer protocols are unknown without CAP_NET_ADMIN."
                    + " Run as root.");
        }
    }

    private void namespaces(long others) {
        if (others > 0) {
            sentences.add("The sockets of " + Counted.of(others, "other network namespace")
                    + " are recorded only with --netns NAME or --netns all, which needs CAP_SYS_ADMIN.");
        }
    }
}
