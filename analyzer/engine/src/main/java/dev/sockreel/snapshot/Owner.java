package dev.sockreel.snapshot;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.process.OwnerProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that holds a socket.
 *
 * @param process the process, as of the snapshot that is shown
 * @param fd      descriptor number
 * @param asOf    when the descriptor was looked up, at the earliest; that may be in an earlier snapshot. {@link
 *                ReceiveTime#NONE} when not known
 */
public record Owner(OwnerProcess process, int fd, ReceiveTime asOf) {
    public int pid() {
        return process.pid();
    }

    public String comm() {
        return process.comm();
    }

    /** Returns {@link OwnerProcess#state}. */
    public @Nullable String state() {
        return process.state();
    }

    /** Returns whether the process is stopped by a signal or a debugger, so that it reads nothing until continued. */
    public boolean isStopped() {
        return process.isStopped();
    }

    /** Returns whether it was looked up before this time, so that the descriptor may have been closed meanwhile. */
    public boolean isLookedUpBefore(ReceiveTime time) {
        return asOf.isBefore(time);
    }

    /** Returns the same owners with {@link OwnerProcess#lean} processes, null for null. */
    public static @Nullable List<Owner> lean(@Nullable List<Owner> owners) {
        return owners == null ? null
                : owners.stream().map(o -> new Owner(o.process().lean(), o.fd(), o.asOf())).toList();
    }

    /** Returns the owners without what differs from one snapshot to the next although they are the same. */
    public static @Nullable List<Owner> lasting(@Nullable List<Owner> owners) {
        return owners == null ? null
                : owners.stream()
                        .map(o -> new Owner(o.process().withoutThreads(), o.fd(), ReceiveTime.NONE))
                        .toList();
    }
}
