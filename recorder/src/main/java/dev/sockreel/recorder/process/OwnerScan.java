package dev.sockreel.recorder.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sockreel.capture.record.Owners.Holder;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.recorder.host.ProcFiles;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.kernel.Syscalls;
import dev.sockreel.recorder.spool.InodeSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds the processes that hold sockets, from /proc/PID/fd. It uses only readdir and readlinkat, because a hundred
 * thousand descriptors may have to be read on a busy host. One instance per recording; not thread-safe.
 *
 * <p>A process with very many descriptors is split over several parts of a scan under the same pid.
 */
final class OwnerScan {
    private static final int LINK_BYTES = 64;
    /** The first 8 bytes of "socket:[INODE]", in this machine's byte order. */
    private static final long SOCKET =
            MemorySegment.ofArray("socket:[".getBytes(StandardCharsets.US_ASCII)).get(JAVA_LONG_UNALIGNED, 0);

    private final ProcFiles proc = new ProcFiles();
    private final MemorySegment link = Arena.ofAuto().allocate(LINK_BYTES, 8);
    /** The owners of the last whole scan, with start time in ticks: a pid may be reused by another process. */
    private final NavigableMap<Integer, Owner> owners = new TreeMap<>();

    private int[] fds = new int[1024];
    private long[] inodes = new long[1024];
    private int found;
    private int scanned;
    private int unreadable;
    private int vanished;

    /**
     * A process that held sockets at the last whole scan.
     *
     * @param startedTicks start time in clock ticks after the host's boot, -1 when unknown
     * @param fds          its descriptors of sockets, ascending
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Owner(long startedTicks, int[] fds) {
        /** Returns whether a descriptor was one of a socket. */
        boolean holds(int fd) {
            return Arrays.binarySearch(fds, fd) >= 0;
        }
    }

    /** Receives the parts of a scan. */
    interface Parts {
        void take(Owners part) throws InterruptedException;
    }

    /**
     * Scans all processes; parts are delivered during the scan.
     *
     * @param sockets takes the inodes of all sockets found
     */
    void whole(int snapshot, Parts out, InodeSet sockets) throws InterruptedException {
        ReceiveTime begun = HostClock.now();
        owners.clear();
        scanned = 0;
        unreadable = 0;
        vanished = 0;
        int part = 0;
        int bytesInPart = 0;
        List<Holder> holders = new ArrayList<>();
        for (int pid : ProcFolder.numbers("/proc").values()) {
            if (!scan(pid)) {
                continue;
            }
            Holder owner = describe(pid);
            for (int i = 0; i < found; i++) {
                sockets.add(inodes[i]);
            }
            for (int from = 0; from < found; from += Owners.PART_DESCRIPTORS) {
                int to = Math.min(found, from + Owners.PART_DESCRIPTORS);
                Holder slice = slice(owner, from, to);
                holders.add(slice);
                bytesInPart += slice.maxBytes();
                if (bytesInPart >= Owners.PART_BYTES) {
                    out.take(part(snapshot, part++, false, begun, holders));
                    holders = new ArrayList<>();
                    bytesInPart = 0;
                }
            }
        }
        out.take(part(snapshot, part, true, begun, holders));
    }

    private Owners part(int snapshot, int part, boolean last, ReceiveTime begun, List<Holder> holders) {
        return new Owners(
                snapshot, true, part, last, begun, HostClock.now(), scanned, unreadable, vanished, holders);
    }

    private Holder slice(Holder owner, int from, int to) {
        return new Holder(
                owner.pid(), owner.comm(), owner.stat(), owner.cgroup(), Arrays.copyOfRange(fds, from, to),
                Arrays.copyOfRange(inodes, from, to));
    }

    /** Returns by pid the owners of the last whole scan that lived at the last look. */
    NavigableMap<Integer, Owner> holders() {
        return Collections.unmodifiableNavigableMap(owners);
    }

    /** Reads name and state of the owners of the last whole scan again, but not their descriptors. */
    void refresh(int snapshot, Parts out) throws InterruptedException {
        ReceiveTime begun = HostClock.now();
        List<Holder> holders = new ArrayList<>();
        owners.entrySet().removeIf(owner -> {
            int pid = owner.getKey();
            byte[] stat = stat(pid);
            boolean lives =
                    stat.length > 0 && owner.getValue().startedTicks() == ThreadText.startedTicks(stat, stat.length);
            if (lives) {
                holders.add(new Holder(pid, comm(pid), stat, cgroup(pid), new int[0], new long[0]));
            }
            return !lives;
        });
        List<List<Holder>> parts = Owners.parts(holders);
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            out.take(new Owners(snapshot, false, i, last, begun, HostClock.now(), 0, 0, 0, parts.get(i)));
        }
    }

    /** Fills {@link #fds} and {@link #inodes}; returns true when the process holds sockets. */
    private boolean scan(int pid) {
        found = 0;
        long dir = Syscalls.opendir("/proc/" + pid + "/fd");
        if (dir < 0) {
            count((int) -dir);
            return false;
        }
        int dirfd = Syscalls.dirfd(dir);
        int errno = 0;
        for (long entry = Syscalls.readdir(dir); entry != 0; entry = Syscalls.readdir(dir)) {
            int fd = ProcFolder.number(entry + Syscalls.D_NAME);
            if (fd >= 0) {
                int length = Syscalls.readlinkat(dirfd, entry + Syscalls.D_NAME, link);
                if (length > 8) {
                    keepSocket(fd, length);
                } else if (length == -Errno.EACCES || length == -Errno.EPERM) {
                    errno = -length;
                    break;
                }
            }
        }
        Syscalls.closedir(dir);
        if (errno != 0) {
            count(errno);
            return false;
        }
        scanned++;
        return found > 0;
    }

    private void count(int errno) {
        if (errno == Errno.ENOENT || errno == Errno.ESRCH) {
            vanished++;
        } else {
            unreadable++;
        }
    }

    private void keepSocket(int fd, int length) {
        if (link.get(JAVA_LONG_UNALIGNED, 0) != SOCKET) {
            return;
        }
        long inode = 0;
        for (int i = 8; i < length && link.get(JAVA_BYTE, i) != ']'; i++) {
            inode = inode * 10 + (link.get(JAVA_BYTE, i) - '0');
        }
        if (found == fds.length) {
            fds = Arrays.copyOf(fds, 2 * found);
            inodes = Arrays.copyOf(inodes, 2 * found);
        }
        fds[found] = fd;
        inodes[found++] = inode;
    }

    private Holder describe(int pid) {
        byte[] stat = stat(pid);
        int[] sorted = Arrays.copyOf(fds, found);
        Arrays.sort(sorted);
        owners.put(pid, new Owner(ThreadText.startedTicks(stat, stat.length), sorted));
        return new Holder(pid, comm(pid), stat, cgroup(pid), new int[0], new long[0]);
    }

    private byte[] stat(int pid) {
        return withoutNewline(proc.read("/proc/" + pid + "/stat").bytes());
    }

    private byte[] comm(int pid) {
        return withoutNewline(proc.read("/proc/" + pid + "/comm").bytes());
    }

    /** Returns the path in the last line: "0::/path" comes last where both hierarchies are mounted. */
    private byte[] cgroup(int pid) {
        byte[] text = withoutNewline(proc.read("/proc/" + pid + "/cgroup").bytes());
        int line = text.length;
        while (line > 0 && text[line - 1] != '\n') {
            line--;
        }
        int colons = 0;
        int at = line;
        while (at < text.length && colons < 2) {
            colons += text[at++] == ':' ? 1 : 0;
        }
        return Arrays.copyOfRange(text, at, text.length);
    }

    private static byte[] withoutNewline(byte[] text) {
        return text.length > 0 && text[text.length - 1] == '\n' ? Arrays.copyOf(text, text.length - 1) : text;
    }
}
