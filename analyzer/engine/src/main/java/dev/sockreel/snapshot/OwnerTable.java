package dev.sockreel.snapshot;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.process.HostClock;
import dev.sockreel.process.HostRecords;
import dev.sockreel.process.KnownProcesses;
import dev.sockreel.process.LivingProcesses;
import dev.sockreel.process.OwnerProcess;
import dev.sockreel.process.ProcessFacts;
import dev.sockreel.process.ProcessStat;
import dev.sockreel.sockdiag.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The owners of sockets as of the last look-up, with the processes as of one snapshot. Each snapshot has a table of its
 * own, which does not change.
 */
public final class OwnerTable {
    /** The table when no scan was recorded. */
    public static final OwnerTable NONE =
            new OwnerTable(OwnerLookup.NONE, ListedThen.NOTHING, KnownProcesses.NONE, LivingProcesses.NONE);

    private final OwnerLookup lookup;
    private final ListedThen listedThen;
    private final KnownProcesses known;
    /** The holders that live. */
    private final LivingProcesses processes;
    /** Null until it is asked for. */
    private @Nullable Boolean allLiving;

    private OwnerTable(
            OwnerLookup lookup, ListedThen listedThen, KnownProcesses known, LivingProcesses processes) {
        this.lookup = lookup;
        this.listedThen = listedThen;
        this.known = known;
        this.processes = processes;
    }

    /**
     * Returns the table of a snapshot.
     *
     * @param before  the table of the snapshot before
     * @param owners  the scans and refreshes of this snapshot
     * @param records the other records of this snapshot
     */
    public static OwnerTable after(OwnerTable before, List<Owners> owners, HostRecords records, HostEvidence host) {
        HostClock clock = HostClock.of(host);
        KnownProcesses known = before.known.and(records.processes(), clock);
        List<Owners> whole = new ArrayList<>(owners.size());
        List<Owners> partial = new ArrayList<>(owners.size());
        owners.forEach(o -> (o.whole() ? whole : partial).add(o));
        Map<Integer, Threads.Process> threads = owners.isEmpty() ? Map.of() : threads(records);
        OwnerTable table = before;
        if (!whole.isEmpty()) {
            table = ofWhole(whole, before, known, threads, clock);
        }
        if (!partial.isEmpty()) {
            table = table.refreshed(partial, known, threads, clock);
        }
        return whole.isEmpty() && partial.isEmpty() ? table.notRefreshed(known) : table;
    }

    /** Returns the table of a capture of which a part is passed by. */
    public static OwnerTable after(KnownProcesses known) {
        return new OwnerTable(OwnerLookup.NONE, ListedThen.NOTHING, known, LivingProcesses.NONE);
    }

    /** Returns whether the scans and refreshes of one snapshot leave nothing as it was in the table before. */
    public static boolean settles(List<Owners> owners) {
        return !owners.isEmpty()
                && (owners.stream().allMatch(Owners::whole) || owners.stream().noneMatch(Owners::whole))
                && OwnerLookup.isWhole(owners);
    }

    private static Map<Integer, Threads.Process> threads(HostRecords records) {
        Map<Integer, Threads.Process> threads = new HashMap<>();
        for (Threads part : records.threads()) {
            for (Threads.Process process : part.processes()) {
                threads.putIfAbsent(process.pid(), process);
            }
        }
        return threads;
    }

    private static OwnerTable ofWhole(
            List<Owners> parts, OwnerTable before, KnownProcesses known, Map<Integer, Threads.Process> threads,
            HostClock clock) {
        OwnerLookup lookup = OwnerLookup.of(parts);
        Map<Integer, OwnerProcess> processes = new HashMap<>();
        lookup.holders().forEach((pid, holder) -> processes.put(pid, OwnerProcess.of(
                holder.recorded(), holder.stat(), before.facts(pid, holder.stat(), known), clock, threads.get(pid))));
        return new OwnerTable(lookup, ListedThen.NOTHING, known, LivingProcesses.all(processes));
    }

    /**
     * Returns the recorded facts about a process; null for none. Those of a process that held sockets before are kept
     * with it.
     */
    private @Nullable ProcessFacts facts(int pid, ProcessStat stat, KnownProcesses known) {
        ProcessFacts recorded = known.of(pid, stat.startedTicks());
        if (recorded != null) {
            return recorded;
        }
        OwnerLookup.Holder before = lookup.holders().get(pid);
        OwnerProcess process = processes.get(pid);
        return process != null && before != null && stat.startedTicks() != ProcessStat.UNKNOWN
                && before.stat().startedTicks() == stat.startedTicks() ? process.facts() : null;
    }

    /** Returns the table after a refresh, which lists all holders that still live. */
    private OwnerTable refreshed(
            List<Owners> parts, KnownProcesses nowKnown, Map<Integer, Threads.Process> threads, HostClock clock) {
        Map<Integer, OwnerProcess> living = new HashMap<>();
        for (Owners part : parts) {
            for (Owners.Holder p : part.processes()) {
                OwnerLookup.Holder then = lookup.holders().get(p.pid());
                ProcessStat stat = ProcessStat.of(p.stat());
                if (then != null && processes.get(p.pid()) != null && isSameLife(then.stat(), stat)) {
                    living.put(p.pid(),
                            OwnerProcess.of(p, stat, facts(p.pid(), stat, nowKnown), clock, threads.get(p.pid())));
                }
            }
        }
        return new OwnerTable(lookup, listedThen, nowKnown,
                OwnerLookup.isWhole(parts) ? LivingProcesses.all(living) : processes.with(living));
    }

    private static boolean isSameLife(ProcessStat then, ProcessStat now) {
        return then.startedTicks() == ProcessStat.UNKNOWN || now.startedTicks() == ProcessStat.UNKNOWN
                || then.startedTicks() == now.startedTicks();
    }

    /** Returns the table of a snapshot that has recorded nothing of the processes. */
    private OwnerTable notRefreshed(KnownProcesses nowKnown) {
        return new OwnerTable(lookup, listedThen, nowKnown, processes.withoutStates());
    }

    /** Returns the table that also knows what the snapshot of its look-up listed, for the snapshots after it. */
    public OwnerTable afterListing(Snapshot ofLookup) {
        return ofLookup.index() == lookup.snapshot() && listedThen == ListedThen.NOTHING
                ? new OwnerTable(lookup, ListedThen.in(ofLookup, lookup.byInode()::containsKey), known, processes)
                : this;
    }

    /** Returns whether any scan was recorded up to this snapshot. */
    public boolean isRecorded() {
        return lookup.isRecorded();
    }

    /** Returns whether every process could be examined and the scan's end is in the capture. */
    public boolean isComplete() {
        return lookup.isComplete();
    }

    /** Returns the snapshot in which the scan was made; the states may be newer. */
    public int scanSnapshot() {
        return lookup.snapshot();
    }

    /** Returns the time at which the scan began. */
    public ReceiveTime begun() {
        return lookup.begun();
    }

    public int scanned() {
        return lookup.scanned();
    }

    /** Returns the number of processes whose descriptors could not be read. */
    public int unreadable() {
        return lookup.unreadable();
    }

    /** Returns a process that held sockets when they were looked up, as of this snapshot; null for none that lives. */
    public @Nullable OwnerProcess process(int pid) {
        return processes.get(pid);
    }

    /**
     * Returns the processes that held a socket when they were looked up, without those that have ended since.
     *
     * @param inode    the socket's, above 0
     * @param snapshot the snapshot to answer for
     * @return empty: nobody holds it (a complete scan of this very snapshot shows it); null: not known
     */
    public @Nullable List<Owner> of(long inode, int snapshot) {
        List<OwnerLookup.Held> held = lookup.inodes().has(inode) ? lookup.byInode().get(inode) : null;
        if (held == null) {
            return isNobodys(snapshot) ? List.of() : null;
        }
        List<Owner> owners = new ArrayList<>(held.size());
        for (OwnerLookup.Held h : held) {
            OwnerProcess process = processes.get(h.pid());
            if (process != null) {
                owners.add(new Owner(process, h.fd(), h.asOf()));
            }
        }
        return owners.isEmpty() ? null : List.copyOf(owners);
    }

    private boolean isNobodys(int snapshot) {
        return isComplete() && scanSnapshot() == snapshot;
    }

    /** Returns whether {@link #of} knows who holds the socket with this inode, which is above 0. */
    public boolean knows(long inode, int snapshot) {
        if (!lookup.inodes().has(inode)) {
            return isNobodys(snapshot);
        }
        if (areAllLiving()) {
            return true;
        }
        for (OwnerLookup.Held h : lookup.byInode().getOrDefault(inode, List.of())) {
            if (processes.get(h.pid()) != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns what {@link #knows} depends on beside the inode: as long as it is the same, so are the answers. Null
     * where they hold for this snapshot alone.
     */
    public @Nullable Object basis(int snapshot) {
        return areAllLiving() ? new Basis(lookup, isNobodys(snapshot)) : null;
    }

    /** One look-up, all of whose holders live. */
    private record Basis(OwnerLookup lookup, boolean isNobodys) {
        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Basis b && b.lookup == lookup && b.isNobodys == isNobodys;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(lookup);
        }
    }

    /** Returns whether every holder of the look-up still lives, as is usual soon after it. */
    private boolean areAllLiving() {
        Boolean all = allLiving;
        if (all == null) {
            all = true;
            for (int pid : lookup.holders().keySet()) {
                all &= processes.get(pid) != null;
            }
            allLiving = all;
        }
        return all;
    }

    /** Returns whether the scan's end is in the capture, even if some processes could not be examined. */
    public boolean isFinished() {
        return lookup.finished();
    }

    /**
     * Returns why {@link #of} returns null.
     *
     * @param inode the inode that was asked for: the socket's own or its unix peer's
     * @param row   the socket
     */
    Unknown whyUnknown(long inode, SocketRow row) {
        if (lookup.byInode().containsKey(inode)) {
            return Unknown.HOLDER_ENDED;
        }
        if (appearedLater(inode, row)) {
            return Unknown.APPEARED_LATER;
        }
        if (isRecorded() && !lookup.finished()) {
            return Unknown.CUT_OFF;
        }
        // without unreadable processes: not scanned at all, or nobody held it then
        return lookup.unreadable() > 0 ? Unknown.NOT_PERMITTED : Unknown.NOT_REQUESTED;
    }

    private boolean appearedLater(long inode, SocketRow row) {
        return inode > 0 && isRecorded() && lookup.snapshot() < row.snapshot() && !listedThen.has(inode)
                && (isComplete() || listedThen.wouldHave(row));
    }
}
