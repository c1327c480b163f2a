package dev.sockreel.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * A process that holds a socket.
 *
 * @param comm  all of /proc/PID/comm, made printable
 * @param fd    descriptor number
 * @param state the letter in /proc/PID/stat (R, S, D, T, Z, …) as of this snapshot, null when not recorded
 */
public record Owner(int pid, String comm, int fd, @Nullable String state) {
    /** Returns whether the process is stopped by a signal or a debugger, so that it reads nothing until continued. */
    public boolean isStopped() {
        return "T".equals(state) || "t".equals(state);
    }
}
