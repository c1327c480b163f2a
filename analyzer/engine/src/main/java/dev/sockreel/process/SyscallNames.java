package dev.sockreel.process;

import dev.sockreel.capture.record.Threads;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.wording.PrintableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names the system calls of recorded threads. */
final class SyscallNames {
    /** The bit that programs of the x32 ABI add to a number (uapi/asm/unistd.h, __X32_SYSCALL_BIT). */
    private static final int X32_BIT = 0x40000000;
    private static final String SOCKETCALL = "socketcall";

    /** The calls whose first argument is a descriptor. */
    private static final Set<String> TAKES_DESCRIPTOR = Set.of(
            "accept", "accept4", "bind", "close", "connect", "copy_file_range", "epoll_ctl", "epoll_pwait",
            "epoll_pwait2", "epoll_wait", "fcntl", "fcntl64", "fdatasync", "flock", "fsync", "getsockopt",
            "io_uring_enter", "ioctl", "listen", "mq_timedreceive", "mq_timedreceive_time64", "mq_timedsend",
            "mq_timedsend_time64", "pread64", "preadv", "preadv2", "pwrite64", "pwritev", "pwritev2", "read", "readv",
            "recv", "recvfrom", "recvmmsg", "recvmmsg_time64", "recvmsg", "send", "sendfile", "sendfile64", "sendmmsg",
            "sendmsg", "sendto", "setsockopt", "shutdown", "splice", "syncfs", "tee", "vmsplice", "write", "writev");
    /** The calls by the number that is socketcall's first argument, from 1 (uapi/linux/net.h, SYS_SOCKET, …). */
    private static final List<String> SOCKETCALLS = List.of(
            "socket", "bind", "connect", "listen", "accept", "getsockname", "getpeername", "socketpair", "send", "recv",
            "sendto", "recvfrom", "shutdown", "setsockopt", "getsockopt", "sendmsg", "recvmsg", "accept4", "recvmmsg",
            "sendmmsg");

    /**
     * Returns what the threads wait for.
     *
     * @param count number of threads that the process had, -1 when unknown; where fewer were read, {@link
     *              ThreadWait#NOT_READ} stands for the others
     */
    static List<ThreadWait> waits(Threads.Process process, long count, int machine) {
        Abi abi = Abi.of(machine);
        List<ThreadWait> waits = new ArrayList<>(process.threads().size() + 1);
        for (Threads.Thread thread : process.threads()) {
            waits.add(wait(thread, abi));
        }
        if (process.threads().size() < count) {
            waits.add(ThreadWait.NOT_READ);
        }
        return Collections.unmodifiableList(waits);
    }

    private static ThreadWait wait(Threads.Thread t, @Nullable Abi abi) {
        String state = Character.isLetter(t.state()) && t.state() < 0x80 ? String.valueOf((char) t.state()) : null;
        String wchan = t.wchan().isEmpty() ? null : PrintableName.of(t.wchan());
        if (t.call() < 0) {
            return new ThreadWait(t.tid(), state, null, ThreadWait.NO_FD, wchan, whyNone(t));
        }
        String name = name(t, abi);
        boolean hasDescriptor = TAKES_DESCRIPTOR.contains(name) && !isSocketcall(t, abi);
        int fd = hasDescriptor && t.argument() >= 0 ? t.argument() : ThreadWait.NO_FD;
        return new ThreadWait(t.tid(), state, name, fd, wchan, null);
    }

    private static String name(Threads.Thread t, @Nullable Abi abi) {
        int number = abi == Abi.X86_64 ? t.call() & ~X32_BIT : t.call();
        String name = abi == null ? null : abi.name(number);
        if (name == null) {
            return Integer.toString(t.call());
        }
        boolean named = name.equals(SOCKETCALL) && t.argument() >= 1 && t.argument() <= SOCKETCALLS.size();
        return named ? SOCKETCALLS.get(t.argument() - 1) : name;
    }

    /** Returns whether the call's own arguments, its descriptor among them, are in memory. */
    private static boolean isSocketcall(Threads.Thread t, @Nullable Abi abi) {
        return abi != null && SOCKETCALL.equals(abi.name(t.call()));
    }

    private static String whyNone(Threads.Thread t) {
        return switch (t.call()) {
            case Threads.NO_CALL -> "no-call";
            case Threads.RUNNING -> "running";
            default -> switch (t.errno()) {
                case Errno.EACCES, Errno.EPERM -> "not-permitted";
                case Errno.ENOENT, Errno.ESRCH -> "ended";
                default -> "unreadable";
            };
        };
    }

    private SyscallNames() {}
}
