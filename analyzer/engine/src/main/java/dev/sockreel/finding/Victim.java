package dev.sockreel.finding;

import org.jspecify.annotations.Nullable;

/**
 * A process at the other end of a cause's sockets.
 *
 * @param pid       process id
 * @param comm      its name
 * @param netns     inode of the namespace of its sockets, 0 when unknown
 * @param sockets   number of its sockets there
 * @param blocked   whether a thread of it hangs because of the cause; null: not known
 * @param certainty {@code PROVED} when the kernel's tables lead from the socket to the process, {@code LIKELY} when it
 *                  may be the victim of another socket like this one
 */
public record Victim(int pid, String comm, long netns, int sockets, @Nullable Boolean blocked, Certainty certainty) {
    public boolean isBlocked() {
        return Boolean.TRUE.equals(blocked);
    }
}
