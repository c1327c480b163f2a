package dev.sockreel.process;

import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.wording.PrintableName;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a process all its life, one object for all its sockets and snapshots. Its text is printable.
 *
 * @param startedNs when it was started, nanoseconds since 1970; {@link ReceiveTime#UNKNOWN} when not known
 * @param cmdline   its command line
 * @param user      name of its effective user, or the number of one without a name; null when not known
 * @param cgroup    its control group
 * @param netns     inode of its network namespace, 0 when not known
 * @param machine   e_machine of its program, 0 when not known
 */
public record ProcessFacts(
        long startedNs, CommandLine cmdline, @Nullable String user, ControlGroup cgroup, long netns, int machine) {
    public static final ProcessFacts UNKNOWN =
            new ProcessFacts(ReceiveTime.UNKNOWN, CommandLine.UNKNOWN, null, ControlGroup.UNKNOWN, 0, 0);

    static ProcessFacts of(Processes.Facts f, HostClock clock) {
        String user = !f.user().isEmpty() ? PrintableName.of(f.user()) : f.uid() < 0 ? null : String.valueOf(f.uid());
        return new ProcessFacts(
                clock.startedNs(f.startedTicks()), CommandLine.of(f.cmdline(), f.flags()), user,
                ControlGroup.ofLines(f.cgroup()), f.netns(), f.machine());
    }

    /** Returns the facts that a scan of owners alone shows. */
    static ProcessFacts of(long startedTicks, byte[] cgroupPath, HostClock clock) {
        return new ProcessFacts(
                clock.startedNs(startedTicks), CommandLine.UNKNOWN, null, ControlGroup.ofPath(cgroupPath), 0, 0);
    }
}
