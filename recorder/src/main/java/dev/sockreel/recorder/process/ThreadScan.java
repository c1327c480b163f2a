package dev.sockreel.recorder.process;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.recorder.host.ProcFiles;
import dev.sockreel.recorder.kernel.HostClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the threads of the processes that hold sockets wait for, within a budget. It walks through all threads in
 * the order of pid and tid, and where the budget ends, the next scan continues, so that every holder gets its turn.
 * Before that, with at most half of the budget, it reads again the threads that were last seen in a call on a socket:
 * that one of them is still there is what matters most. One instance per recording; not thread-safe.
 */
final class ThreadScan {
    /** The most threads read in one scan. */
    static final int MAX_THREADS = 4096;

    /** The threads read in one scan whatever time it takes, about 2 ms: a busy host may not let it run for long. */
    static final int MIN_THREADS = 64;

    /** The share of the interval that a scan may take. */
    private static final int INTERVAL_SHARE = 50;

    private static final Duration MIN_BUDGET = Duration.ofMillis(5);
    private static final Duration MAX_BUDGET = Duration.ofMillis(100);
    /** A syscall text is at most 194 bytes long; of a stat only the begin is needed, up to the state. */
    private static final int TEXT_BYTES = 256;

    private final ProcFiles proc = new ProcFiles();
    private final long budgetNs;
    /** Threads seen in a call on a socket in the last scan: pid, then tid. */
    private List<int[]> onSockets = new ArrayList<>();
    /** The first thread that the last scan did not reach; 0, 0 when it reached all. */
    private int nextPid;
    private int nextTid;

    ThreadScan(long budgetNs) {
        this.budgetNs = budgetNs;
    }

    /** Returns the budget of a scan: 2 % of the interval, at least 5 ms and at most 100 ms; nanoseconds. */
    static long budgetNs(Duration interval) {
        long share = interval.toNanos() / INTERVAL_SHARE;
        return Math.clamp(share, MIN_BUDGET.toNanos(), MAX_BUDGET.toNanos());
    }

    /** Reads the threads of these processes. */
    Threads scan(int snapshot, NavigableMap<Integer, OwnerScan.Owner> holders) {
        Scan scan = new Scan();
        ReceiveTime begun = HostClock.now();
        List<int[]> again = onSockets;
        onSockets = new ArrayList<>();
        scan.again(again, holders);
        boolean whole = scan.walk(holders);
        if (whole) {
            nextPid = 0;
            nextTid = 0;
        }
        return new Threads(snapshot, begun, whole ? 0 : Threads.BUDGET_SPENT, scan.processes());
    }

    /** One scan in progress. */
    private final class Scan {
        private final long begunNs = System.nanoTime();
        private final Map<Integer, Found> found = new LinkedHashMap<>();
        private int threads;

        /** Returns whether one part in {@code parts} of the budget is spent. */
        private boolean isSpent(int parts) {
            boolean late = System.nanoTime() - begunNs > budgetNs / parts;
            return threads >= MAX_THREADS / parts || late && threads >= MIN_THREADS / parts;
        }

        List<Threads.Process> processes() {
            List<Threads.Process> out = new ArrayList<>();
            found.forEach((pid, f) -> out.add(new Threads.Process(pid, f.errno, f.threads)));
            return out;
        }

        /** Reads the threads last seen in a call on a socket, as far as half of the budget goes. */
        void again(List<int[]> threads, NavigableMap<Integer, OwnerScan.Owner> holders) {
            for (int[] thread : threads) {
                if (isSpent(2)) {
                    return;
                }
                OwnerScan.Owner owner = holders.get(thread[0]);
                if (owner != null) {
                    read(thread[0], thread[1], owner);
                }
            }
        }

        /** Reads all threads from the place where the last scan ended; returns false when the budget is spent. */
        boolean walk(NavigableMap<Integer, OwnerScan.Owner> holders) {
            int beginPid = nextPid;
            int beginTid = nextTid;
            return walk(holders.tailMap(beginPid, true), beginPid, beginTid, Integer.MAX_VALUE)
                    && walk(holders.headMap(beginPid, false), beginPid, 0, Integer.MAX_VALUE)
                    && walk(holders.subMap(beginPid, true, beginPid, true), beginPid, 0, beginTid);
        }

        /** @param fromTid first thread of process {@code pid} to read; {@code toTid} the first not to read */
        private boolean walk(NavigableMap<Integer, OwnerScan.Owner> holders, int pid, int fromTid, int toTid) {
            for (Map.Entry<Integer, OwnerScan.Owner> holder : holders.entrySet()) {
                boolean first = holder.getKey() == pid;
                if (!process(holder.getKey(), holder.getValue(), first ? fromTid : 0,
                        first ? toTid : Integer.MAX_VALUE)) {
                    return false;
                }
            }
            return true;
        }

        private boolean process(int pid, OwnerScan.Owner owner, int fromTid, int toTid) {
            if (isSpent(1)) {
                nextPid = pid;
                nextTid = fromTid;
                return false;
            }
            ProcFolder.Numbers tids = ProcFolder.numbers("/proc/" + pid + "/task");
            if (tids.errno() != 0) {
                notListed(pid, tids.errno());
                return true;
            }
            Arrays.sort(tids.values());
            for (int tid : tids.values()) {
                if (tid >= fromTid && tid < toTid) {
                    if (isSpent(1)) {
                        nextPid = pid;
                        nextTid = tid;
                        return false;
                    }
                    read(pid, tid, owner);
                }
            }
            return true;
        }

        private void notListed(int pid, int errno) {
            if (errno != Errno.ENOENT && errno != Errno.ESRCH) {
                found.computeIfAbsent(pid, p -> new Found()).errno = errno;
            }
        }

        private void read(int pid, int tid, OwnerScan.Owner owner) {
            Found process = found.computeIfAbsent(pid, p -> new Found());
            if (!process.tids.add(tid)) {
                return;
            }
            threads++;
            Threads.Thread thread = thread("/proc/" + pid + "/task/" + tid);
            if (thread != null) {
                process.threads.add(thread);
                if (thread.argument() >= 0 && owner.holds(thread.argument())) {
                    onSockets.add(new int[] {pid, tid});
                }
            }
        }
    }

    private static final class Found {
        final List<Threads.Thread> threads = new ArrayList<>();
        final Set<Integer> tids = new HashSet<>();
        int errno;
    }

    /** Reads one thread; returns null when it has ended. */
    private Threads.@Nullable Thread thread(String folder) {
        ProcFiles.Text syscall = proc.readFirst(folder + "/syscall", TEXT_BYTES);
        ProcFiles.Text wchan = proc.readFirst(folder + "/wchan", TEXT_BYTES);
        ProcFiles.Text stat = proc.readFirst(folder + "/stat", TEXT_BYTES);
        if (stat.errno() != 0) {
            return null;
        }
        ThreadText.Call call = syscall.errno() == 0
                ? ThreadText.call(syscall.bytes(), syscall.bytes().length) : ThreadText.Call.UNREADABLE;
        int name = ThreadText.wchanLength(wchan.bytes(), wchan.bytes().length);
        return new Threads.Thread(
                Integer.parseInt(folder.substring(folder.lastIndexOf('/') + 1)),
                ThreadText.state(stat.bytes(), stat.bytes().length), call.number(), call.argument(), syscall.errno(),
                new String(wchan.bytes(), 0, name, StandardCharsets.US_ASCII));
    }
}
