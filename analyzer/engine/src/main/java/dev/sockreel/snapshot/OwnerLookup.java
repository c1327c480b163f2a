package dev.sockreel.snapshot;

import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.CookieIndex;
import dev.sockreel.process.ProcessStat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One look-up of the owners of all sockets: a whole scan of the descriptors of all processes.
 *
 * @param snapshot   the snapshot in which it was made, -1 for none
 * @param begun      when it began
 * @param finished   whether its end is in the capture
 * @param scanned    number of processes examined
 * @param unreadable number of processes whose descriptors could not be read
 * @param byInode    the descriptors of each socket
 * @param holders    the processes by pid
 * @param inodes     the keys of {@code byInode} above 0, which most sockets of each snapshot are looked for in
 */
record OwnerLookup(
        int snapshot,
        ReceiveTime begun,
        boolean finished,
        int scanned,
        int unreadable,
        Map<Long, List<Held>> byInode,
        Map<Integer, Holder> holders,
        CookieIndex inodes) {
    static final OwnerLookup NONE =
            new OwnerLookup(-1, ReceiveTime.NONE, false, 0, 0, Map.of(), Map.of(), CookieIndex.NONE);

    /** A descriptor of a socket, and the time after which it was read: that of the part of the scan before. */
    record Held(int pid, int fd, ReceiveTime asOf) {}

    /** A process as the scan found it. */
    record Holder(Owners.Holder recorded, ProcessStat stat) {
        static Holder of(Owners.Holder recorded) {
            // without its descriptors, which are kept by inode
            return new Holder(
                    new Owners.Holder(recorded.pid(), recorded.comm(), new byte[0], recorded.cgroup(), new int[0],
                            new long[0]),
                    ProcessStat.of(recorded.stat()));
        }
    }

    /** Joins the parts of a scan. */
    static OwnerLookup of(List<Owners> parts) {
        Map<Long, List<Held>> byInode = new HashMap<>();
        Map<Integer, Holder> holders = new HashMap<>();
        ReceiveTime from = parts.getFirst().begun();
        for (Owners part : parts) {
            ReceiveTime asOf = from;
            from = part.ended();
            for (Owners.Holder p : part.processes()) {
                holders.computeIfAbsent(p.pid(), pid -> Holder.of(p));
                for (int i = 0; i < p.fds().length; i++) {
                    byInode.computeIfAbsent(p.inodes()[i], inode -> new ArrayList<>(1))
                            .add(new Held(p.pid(), p.fds()[i], asOf));
                }
            }
        }
        CookieIndex inodes = byInode.isEmpty() ? CookieIndex.NONE : new CookieIndex(byInode.size());
        for (long inode : byInode.keySet()) {
            if (inode > 0) {
                inodes.add(inode, 0);
            }
        }
        Owners last = parts.getLast();
        return new OwnerLookup(
                last.snapshot(), parts.getFirst().begun(), isWhole(parts), last.scanned(), last.unreadable(), byInode,
                holders, inodes);
    }

    /** Returns whether no part is missing. */
    static boolean isWhole(List<Owners> parts) {
        boolean whole = parts.getLast().last();
        for (int i = 0; i < parts.size(); i++) {
            whole &= parts.get(i).part() == i;
        }
        return whole;
    }

    /** Returns whether a scan was recorded. */
    boolean isRecorded() {
        return snapshot >= 0;
    }

    /** Returns whether every process could be examined and the scan's end is in the capture. */
    boolean isComplete() {
        return isRecorded() && finished && unreadable == 0;
    }
}
