package dev.sockreel.snapshot;

import dev.sockreel.address.PrintableName;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.sockdiag.Unknown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who held which socket when the last whole scan was made, with the processes' states as they were refreshed since.
 * Built anew for each scan; what a snapshot holds does not change.
 */
public final class OwnerTable {
    /** No scan was recorded. */
    public static final OwnerTable NONE =
            new OwnerTable(-1, ReceiveTime.NONE, false, 0, 0, Map.of(), Map.of(), Map.of());

    private record Held(int pid, int fd) {}

    private final int scanSnapshot;
    private final ReceiveTime begun;
    private final boolean finished;
    private final int scanned;
    private final int unreadable;
    private final Map<Long, List<Held>> byInode;
    private final Map<Integer, Owners.Holder> processes;
    private final Map<Integer, String> states;

    private OwnerTable(
            int scanSnapshot,
            ReceiveTime begun,
            boolean finished,
            int scanned,
            int unreadable,
            Map<Long, List<Held>> byInode,
            Map<Integer, Owners.Holder> processes,
            Map<Integer, String> states) {
        this.scanSnapshot = scanSnapshot;
        this.begun = begun;
        this.finished = finished;
        this.scanned = scanned;
        this.unreadable = unreadable;
        this.byInode = byInode;
        this.processes = processes;
        this.states = states;
    }

    /** The table after all records of one snapshot. */
    public static OwnerTable after(OwnerTable before, List<Owners> records) {
        OwnerTable table = before;
        List<Owners> whole = records.stream().filter(Owners::whole).toList();
        if (!whole.isEmpty()) {
            table = ofWhole(whole);
        }
        List<Owners> partial = records.stream().filter(o -> !o.whole()).toList();
        return partial.isEmpty() ? table : table.refreshed(partial);
    }

    private static OwnerTable ofWhole(List<Owners> parts) {
        Map<Long, List<Held>> byInode = new HashMap<>();
        Map<Integer, Owners.Holder> processes = new HashMap<>();
        Map<Integer, String> states = new HashMap<>();
        for (Owners part : parts) {
            for (Owners.Holder p : part.processes()) {
                processes.putIfAbsent(p.pid(), p);
                putState(states, p);
                for (int i = 0; i < p.fds().length; i++) {
                    byInode.computeIfAbsent(p.inodes()[i], inode -> new ArrayList<>(1))
                            .add(new Held(p.pid(), p.fds()[i]));
                }
            }
        }
        Owners last = parts.getLast();
        boolean finished = last.last();
        for (int i = 0; i < parts.size(); i++) {
            finished &= parts.get(i).part() == i; // a part may be lost
        }
        return new OwnerTable(
                last.snapshot(), parts.getFirst().begun(), finished, last.scanned(), last.unreadable(), byInode,
                processes, states);
    }

    private OwnerTable refreshed(List<Owners> parts) {
        Map<Integer, String> fresh = new HashMap<>();
        for (Owners part : parts) {
            part.processes().forEach(p -> putState(fresh, p));
        }
        return new OwnerTable(scanSnapshot, begun, finished, scanned, unreadable, byInode, processes, fresh);
    }

    private static void putState(Map<Integer, String> states, Owners.Holder p) {
        String letter = state(p.stat());
        if (letter != null) {
            states.put(p.pid(), letter);
        }
    }

    /** The field behind the comm's closing bracket; a comm may hold brackets itself, so the last one counts. */
    private static @Nullable String state(byte[] stat) {
        String line = new String(stat, StandardCharsets.ISO_8859_1);
        int bracket = line.lastIndexOf(')');
        if (bracket < 0 || bracket + 2 >= line.length()) {
            return null;
        }
        char letter = line.charAt(bracket + 2);
        return Character.isLetter(letter) ? String.valueOf(letter) : null;
    }

    /** Whether any scan was recorded up to this snapshot. */
    public boolean isRecorded() {
        return scanSnapshot >= 0;
    }

    /** True when every process could be looked into and the scan's end is in the capture. */
    public boolean isComplete() {
        return isRecorded() && finished && unreadable == 0;
    }

    /** The snapshot whose scan this is; the states are this snapshot's. */
    public int scanSnapshot() {
        return scanSnapshot;
    }

    /** When the scan began. */
    public ReceiveTime begun() {
        return begun;
    }

    public int scanned() {
        return scanned;
    }

    /** Processes whose descriptors could not be read. */
    public int unreadable() {
        return unreadable;
    }

    /**
     * Who holds a socket.
     *
     * @param inode    of the socket, above 0
     * @param snapshot that asks
     * @return empty: nobody holds it (a complete scan of this very snapshot says so); null: not known
     */
    public @Nullable List<Owner> of(long inode, int snapshot) {
        List<Held> held = byInode.get(inode);
        if (held == null) {
            return isComplete() && scanSnapshot == snapshot ? List.of() : null;
        }
        return held.stream().map(h -> new Owner(h.pid(), comm(h.pid()), h.fd(), states.get(h.pid()))).toList();
    }

    /** Whether {@link #of} says who holds it. Inode above 0. */
    public boolean tells(long inode, int snapshot) {
        return byInode.containsKey(inode) || (isComplete() && scanSnapshot == snapshot);
    }

    /** The scan's end is in the capture, whatever it could not look into. */
    public boolean isFinished() {
        return finished;
    }

    /** Why {@link #of} gives null. */
    Unknown whyUnknown() {
        if (isRecorded() && !finished) {
            return Unknown.CUT_OFF;
        }
        // without unreadable processes: not scanned at all, or the socket came after the scan
        return unreadable > 0 ? Unknown.NOT_PERMITTED : Unknown.NOT_REQUESTED;
    }

    private String comm(int pid) {
        Owners.Holder p = processes.get(pid);
        return p == null ? "" : PrintableName.of(p.comm());
    }

    /** /proc/PID/cgroup's path, null when it was not recorded. */
    public @Nullable String cgroup(int pid) {
        Owners.Holder p = processes.get(pid);
        return p == null || p.cgroup().length == 0 ? null : PrintableName.of(p.cgroup());
    }

    /** Processes that hold sockets. */
    public int processes() {
        return processes.size();
    }
}
