package dev.sockreel.process;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a thread waited for. Its text is printable.
 *
 * @param tid     thread id
 * @param state   the letter in its stat, null when not known
 * @param syscall name of the system call it is in, or the call's number where the name is not known; null for none
 * @param fd      the call's first argument where that is a descriptor; {@link #NO_FD} for none
 * @param wchan   kernel function it sleeps in; null when not known or none
 * @param why     why there is no system call: {@code running}, {@code no-call}, {@code not-permitted}, {@code ended},
 *                {@code unreadable} or, of all threads that were not read, {@code not-read}; null where there is one
 */
public record ThreadWait(
        int tid, @Nullable String state, @Nullable String syscall, int fd, @Nullable String wchan,
        @Nullable String why) {
    public static final int NO_FD = -1;
    /** Stands for the threads that the recorder did not read, since its budget was spent. */
    public static final ThreadWait NOT_READ = new ThreadWait(0, null, null, NO_FD, null, "not-read");

    private static final Set<String> SENDING = Set.of(
            "write", "writev", "pwritev", "pwritev2", "send", "sendto", "sendmsg", "sendmmsg", "sendfile",
            "sendfile64");
    private static final Set<String> RECEIVING = Set.of(
            "read", "readv", "preadv", "preadv2", "recv", "recvfrom", "recvmsg", "recvmmsg", "recvmmsg_time64");
    private static final Set<String> POLLING = Set.of(
            "poll", "ppoll", "ppoll_time64", "select", "_newselect", "pselect6", "pselect6_time64", "epoll_wait",
            "epoll_pwait", "epoll_pwait2", "io_uring_enter", "io_getevents", "io_pgetevents");
    private static final Set<String> ACCEPTING = Set.of("accept", "accept4");

    /** Returns whether it is in a call that sends on this descriptor. */
    public boolean isSendingOn(int descriptor) {
        return isIn(SENDING, descriptor);
    }

    /** Returns whether it is in a call that receives from this descriptor. */
    public boolean isReceivingFrom(int descriptor) {
        return isIn(RECEIVING, descriptor);
    }

    /** Returns whether it is in accept(2) on this descriptor. */
    public boolean isAcceptingOn(int descriptor) {
        return isIn(ACCEPTING, descriptor);
    }

    /** Returns whether it is in connect(2) on this descriptor. */
    public boolean isConnecting(int descriptor) {
        return fd == descriptor && "connect".equals(syscall);
    }

    /** Returns whether it waits for events of descriptors that the call does not name. */
    public boolean isWaitingForEvents() {
        return syscall != null && POLLING.contains(syscall);
    }

    /** Returns whether it is known whether it is in a system call, and in which. */
    public boolean isKnown() {
        return why == null || why.equals("running") || why.equals("no-call") || why.equals("ended");
    }

    private boolean isIn(Set<String> calls, int descriptor) {
        return fd == descriptor && syscall != null && calls.contains(syscall);
    }
}
