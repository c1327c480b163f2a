package dev.sockreel.recorder.probe;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.recorder.host.DiagHandlers;
import dev.sockreel.recorder.host.HostFacts;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.host.ProcFiles;
import dev.sockreel.recorder.kernel.Platform;
import dev.sockreel.recorder.options.RecordingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to what can be captured on this host, found without requesting a dump.
 *
 * @param kernel       release of the kernel
 * @param effectiveUid effective user id
 * @param capabilities CapEff, a bit set of 1 &lt;&lt; CAP_…
 * @param handlers     state of each family's handler
 * @param privileges   capabilities that change what is captured
 * @param namespaces   visible network namespaces
 * @param unseen       a sentence for each thing that a recording would not show
 */
public record Probe(
        String kernel,
        long effectiveUid,
        long capabilities,
        List<Handler> handlers,
        List<Privilege> privileges,
        List<Namespace> namespaces,
        List<String> unseen) {

    /** The state of one family's handler, and how it is known. */
    public record Handler(String family, DiagHandlers.State state, String evidence) {}

    /**
     * A capability.
     *
     * @param name    CAP_…
     * @param held    true if the capability is effective
     * @param changes what it adds to a recording, for people
     */
    public record Privilege(String name, boolean held, String changes) {}

    /**
     * A network namespace.
     *
     * @param name  name under /run/netns or a path, empty for this process's own
     * @param inode inode of the namespace file, 0 when it cannot be read
     * @param own   true for this process's own
     */
    public record Namespace(String name, long inode, boolean own) {}

    private record Capability(int bit, String name, String changes) {}

    /** The capabilities that matter, with their bits from uapi/linux/capability.h. */
    private static final List<Capability> CAPABILITIES = List.of(
            new Capability(2, "CAP_DAC_READ_SEARCH", "with CAP_SYS_PTRACE: which processes hold a socket"),
            new Capability(12, "CAP_NET_ADMIN", "socket marks, TCP-MD5 signatures, details of ULPs"),
            new Capability(19, "CAP_SYS_PTRACE", "descriptors of other users' processes"),
            new Capability(21, "CAP_SYS_ADMIN", "entering another network namespace (--netns)"));

    /**
     * Looks at this host.
     *
     * @throws RecordingException if this is no 64-bit Linux
     */
    public static Probe ofThisHost() throws RecordingException {
        if (!Platform.isSupported()) {
            throw new RecordingException("probing needs a 64-bit Linux; this is "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        }
        ProcFiles proc = new ProcFiles();
        DiagHandlers known = DiagHandlers.ofThisHost();
        long capabilities = number(HostFacts.statusField(proc, "CapEff"), 16);
        Map<Family, DiagHandlers.Known> byFamily = new LinkedHashMap<>();
        Family.all().forEach(family -> byFamily.put(family, known.known(family)));
        List<Handler> handlers = new ArrayList<>();
        byFamily.forEach((family, k) -> handlers.add(new Handler(family.id(), k.state(), k.evidence())));
        List<Privilege> privileges = CAPABILITIES.stream()
                .map(c -> new Privilege(c.name(), (capabilities >>> c.bit() & 1) == 1, c.changes()))
                .toList();
        List<Namespace> namespaces = visibleNamespaces();
        return new Probe(
                proc.read("/proc/sys/kernel/osrelease").string().strip(),
                number(HostFacts.effectiveUid(proc), 10),
                capabilities,
                handlers,
                privileges,
                namespaces,
                ProbeUnseen.of(
                        byFamily, proc.readNet("protocols").bytes(), privileges,
                        namespaces.stream().filter(n -> !n.own()).count()));
    }

    private static long number(@org.jspecify.annotations.Nullable String text, int radix) {
        try {
            return text == null ? 0 : Long.parseUnsignedLong(text, radix);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static List<Namespace> visibleNamespaces() {
        List<Namespace> out = new ArrayList<>();
        long own = NamespaceTarget.inode(Path.of("/proc/self/ns/net"));
        out.add(new Namespace("", own, true));
        for (NamespaceTarget target : NamespaceTarget.visible()) {
            Path path = target.path();
            if (path != null && Files.exists(path)) {
                out.add(new Namespace(target.name(), NamespaceTarget.inode(path), false));
            }
        }
        return out;
    }
}
