package dev.sockreel.process;

import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.wording.PrintableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that holds sockets, as of one snapshot; one object for all its sockets.
 *
 * @param comm    all of /proc/PID/comm, made printable
 * @param state   the letter in /proc/PID/stat (R, S, D, T, Z, …) in this snapshot, null when it was not recorded then
 * @param facts   what holds for it all its life
 * @param cpuMs   CPU time it had used by this snapshot, user and system, ms; {@link #UNKNOWN} when not recorded
 * @param threads what its threads waited for in this snapshot; null when it was not recorded
 */
public record OwnerProcess(
        int pid, String comm, @Nullable String state, ProcessFacts facts, long cpuMs,
        @Nullable List<ThreadWait> threads) {
    public static final long UNKNOWN = -1;

    private static final int LEAN_CHARS = 40;

    /**
     * Returns the process that a scan found.
     *
     * @param stat    the holder's, parsed
     * @param known   the recorded facts about it; null for none
     * @param threads what its threads waited for; null when it was not recorded
     */
    public static OwnerProcess of(
            Owners.Holder holder, ProcessStat stat, @Nullable ProcessFacts known, HostClock clock,
            Threads.@Nullable Process threads) {
        ProcessFacts facts = known != null ? known
                : ProcessFacts.of(stat.startedTicks(), holder.cgroup(), clock);
        return new OwnerProcess(
                holder.pid(), PrintableName.of(holder.comm()), stat.state(), facts,
                clock.millis(stat.cpuTicks()),
                threads == null || threads.errno() != 0 ? null
                        : new LazyWaits(threads, stat.threads(), facts.machine()));
    }

    /** Returns the process without what only this snapshot has recorded of its threads. */
    public OwnerProcess withoutThreads() {
        return threads == null ? this : new OwnerProcess(pid, comm, state, facts, cpuMs, null);
    }

    /** Returns the process as each of thousands of findings carries it: no threads, and short texts. */
    public OwnerProcess lean() {
        ProcessFacts shorter = new ProcessFacts(facts.startedNs(), facts.cmdline().cutTo(LEAN_CHARS), facts.user(),
                facts.cgroup().cutTo(LEAN_CHARS), facts.netns(), facts.machine());
        return new OwnerProcess(pid, comm, state, shorter, cpuMs, null);
    }

    /** Returns the process without a state, for a snapshot that has recorded none. */
    public OwnerProcess withoutState() {
        return new OwnerProcess(pid, comm, null, facts, UNKNOWN, null);
    }

    /** Returns whether it is stopped by a signal or a debugger, so that it reads nothing until continued. */
    public boolean isStopped() {
        return "T".equals(state) || "t".equals(state);
    }
}
