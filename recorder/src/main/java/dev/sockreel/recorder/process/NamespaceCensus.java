package dev.sockreel.recorder.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.host.ProcFiles;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.kernel.Syscalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists all network namespaces of the host that a process is in or that have a name, recorded or not. Only main
 * threads are looked at. One instance per recording; not thread-safe.
 */
final class NamespaceCensus {
    private static final String PREFIX = "net:[";
    private static final int LINK_BYTES = 64;

    private final ProcFiles proc = new ProcFiles();
    private final MemorySegment link = Arena.ofAuto().allocate(LINK_BYTES, 8);

    private static final class Found {
        String name = "";
        int processes;
        int pid;
    }

    HostNamespaces take(int snapshot) {
        ReceiveTime begun = HostClock.now();
        Map<Long, Found> found = new TreeMap<>();
        int unreadable = 0;
        for (int pid : ProcFolder.numbers("/proc").values()) {
            int length = Syscalls.readlink("/proc/" + pid + "/ns/net", link);
            if (length > PREFIX.length()) {
                Found namespace = found.computeIfAbsent(inode(length), i -> new Found());
                namespace.processes++;
                namespace.pid = namespace.pid == 0 ? pid : Math.min(namespace.pid, pid);
            } else if (length != -Errno.ENOENT && length != -Errno.ESRCH) {
                unreadable++;
            }
        }
        NamespaceTarget.named().forEach(
                (name, inode) -> found.computeIfAbsent(inode, i -> new Found()).name = name);
        List<HostNamespaces.Namespace> namespaces = new ArrayList<>();
        found.forEach((inode, f) -> namespaces.add(
                new HostNamespaces.Namespace(inode, f.processes, f.name, f.pid, f.pid == 0 ? "" : comm(f.pid))));
        return new HostNamespaces(snapshot, begun, unreadable, namespaces);
    }

    /** Parses the link's text, {@code net:[INODE]}. */
    private long inode(int length) {
        long inode = 0;
        for (int i = PREFIX.length(); i < length && link.get(JAVA_BYTE, i) != ']'; i++) {
            inode = inode * 10 + (link.get(JAVA_BYTE, i) - '0');
        }
        return inode;
    }

    private String comm(int pid) {
        return proc.read("/proc/" + pid + "/comm").string().stripTrailing();
    }
}
