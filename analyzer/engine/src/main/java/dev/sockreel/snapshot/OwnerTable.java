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
 * The owners of sockets as of the last complete scan, with the processes' states as refreshed since. Each scan makes a
 * new table, so that the table of a snapshot does not change.
 */
public final class OwnerTable {
    /** The table when no scan was recorded. */
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

    /** Returns the table after all records of one snapshot. */
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
            finished &= parts.get(i).part() == i; // false if a part is lost
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

    /** Returns the field after comm's closing bracket. comm may contain brackets itself, so the last one counts. */
    private static @Nullable String state(byte[] stat) {
        String line = new String(stat, StandardCharsets.ISO_8859_1);
        int bracket = line.lastIndexOf(')');
        if (bracket < 0 || bracket + 2 >= line.length()) {
            return null;
        }
        char letter = line.charAt(bracket + 2);
        return Character.isLetter(letter) ? String.valueOf(letter) : null;
    }

    /** Returns whether any scan was recorded up to this snapshot. */
    public boolean isRecorded() {
        return scanSnapshot >= 0;
    }

    /** Returns whether every process could be examined and the scan's end is in the capture. */
    public boolean isComplete() {
        return isRecorded() && finished && unreadable == 0;
    }

    /** Returns the snapshot in which the scan was made; the states may be newer. */
    public int scanSnapshot() {
        return scanSnapshot;
    }

    /** Returns the time at which the scan began. */
    public ReceiveTime begun() {
        return begun;
    }

    public int scanned() {
        return scanned;
    }

    /** Returns the number of processes whose descriptors could not be read. */
    public int unreadable() {
        return unreadable;
    }

    /**
     * Returns the processes that hold a socket.
     *
     * @param inode    the socket's, above 0
     * @param snapshot the snapshot to answer for
     * @return empty: nobody holds it (a complete scan of this very snapshot shows it); null: not known
     */
    public @Nullable List<Owner> of(long inode, int snapshot) {
        List<Held> held = byInode.get(inode);
        if (held == null) {
            return isComplete() && scanSnapshot == snapshot ? List.of() : null;
        }
        return held.stream().map(h -> new Owner(h.pid(), comm(h.pid()), h.fd(), states.get(h.pid()))).toList();
    }

    /** Returns whether {@link #of} knows who holds the socket with this inode, which is above 0. */
    public boolean knows(long inode, int snapshot) {
        return byInode.containsKey(inode) || (isComplete() && scanSnapshot == snapshot);
    }

    /** Returns whether the scan's end is in the capture, even if some processes could not be examined. */
    public boolean isFinished() {
        return finished;
    }

    /** Returns why {@link #of} returns null. */
    Unknown whyUnknown() {
        if (isRecorded() && !finished) {
            return Unknown.CUT_OFF;
        }
        // without unreadable processes: not scanned at all, or the socket is newer than the scan
        return unreadable > 0 ? Unknown.NOT_PERMITTED : Unknown.NOT_REQUESTED;
    }

    private String comm(int pid) {
        Owners.Holder p = processes.get(pid);
        return p == null ? "" : PrintableName.of(p.comm());
    }

    /** Returns the path in /proc/PID/cgroup, null when it was not recorded. */
    public @Nullable String cgroup(int pid) {
        Owners.Holder p = processes.get(pid);
        return p == null || p.cgroup().length == 0 ? null : PrintableName.of(p.cgroup());
    }

    /** Returns the number of processes that hold sockets. */
    public int processes() {
        return processes.size();
    }
}
