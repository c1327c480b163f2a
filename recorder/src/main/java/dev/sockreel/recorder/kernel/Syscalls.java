package dev.sockreel.recorder.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sockreel.nlmsg.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The only file with foreign functions. Each method is one libc call of a 64-bit Linux. It returns the call's result,
 * or {@code -errno} where the call failed (so that hot loops create no exceptions), and retries after EINTR. Pointers
 * that are only passed on are {@code long}, so that directory entries cost no object.
 */
public final class Syscalls {
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    /** O_NOFOLLOW: arm and powerpc number it their own way. */
    static final int O_NOFOLLOW = System.getProperty("os.arch", "").matches("aarch64|arm.*|ppc.*") ? 0x8000 : 0x20000;
    /** O_CLOEXEC, the same on every architecture that JDK 25 and current Linux both support. */
    static final int O_CLOEXEC = 0x80000;

    public static final int CLONE_NEWNET = 0x40000000;
    static final int AF_NETLINK = 16;
    static final int SOCK_RAW_CLOEXEC = 3 | O_CLOEXEC;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int POLLIN = 1;
    private static final int F_OFD_SETLK = 37;
    private static final int F_WRLCK = 1;
    private static final long FLOCK_BYTES = 32;

    /** The name of sysconf(3)'s clock ticks, the same in glibc and musl. */
    private static final int SC_CLK_TCK = 2;

    /** The offset of d_name in struct dirent of 64-bit libcs: d_ino u64, d_off s64, d_reclen u16, d_type u8, d_name. */
    public static final int D_NAME = 19;

    /** All of memory, to read at addresses that libc has just returned. */
    public static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> CALL_STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle GETSOCKOPT = handle(
            "getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT = handle(
            "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle BIND =
            handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SEND =
            handle("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECVMSG =
            handle("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle OPEN = handle(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FCNTL = handle(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SETNS = handle("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READLINKAT =
            handle("readlinkat", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG));
    private static final MethodHandle READLINK =
            handle("readlink", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle OPENDIR = handle("opendir", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    private static final MethodHandle READDIR = handle("readdir", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle DIRFD = handle("dirfd", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle CLOSEDIR = handle("closedir", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle UNAME = handle("uname", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SYSCONF = handle("sysconf", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    private static final MethodHandle IF_NAMEINDEX = handle("if_nameindex", FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle IF_FREENAMEINDEX =
            handle("if_freenameindex", FunctionDescriptor.ofVoid(JAVA_LONG));

    private static MethodHandle handle(String name, FunctionDescriptor signature, Linker.Option... more) {
        Linker.Option[] options = new Linker.Option[more.length + 1];
        options[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(more, 0, options, 1, more.length);
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature, options);
    }

    static int socket(int family, int type, int protocol) {
        MemorySegment state = CALL_STATE.get();
        try {
            int fd = (int) SOCKET.invokeExact(state, family, type, protocol);
            return fd < 0 ? -errno(state) : fd;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment length) {
        MemorySegment state = CALL_STATE.get();
        try {
            int got = (int) GETSOCKOPT.invokeExact(state, fd, level, name, value, length);
            return got < 0 ? -errno(state) : got;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int setsockopt(int fd, int level, int name, MemorySegment value) {
        MemorySegment state = CALL_STATE.get();
        try {
            int set = (int) SETSOCKOPT.invokeExact(state, fd, level, name, value, (int) value.byteSize());
            return set < 0 ? -errno(state) : set;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int bind(int fd, MemorySegment address) {
        MemorySegment state = CALL_STATE.get();
        try {
            int bound = (int) BIND.invokeExact(state, fd, address, (int) address.byteSize());
            return bound < 0 ? -errno(state) : bound;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int send(int fd, MemorySegment bytes, int flags) {
        MemorySegment state = CALL_STATE.get();
        try {
            while (true) {
                long sent = (long) SEND.invokeExact(state, fd, bytes, bytes.byteSize(), flags);
                if (sent >= 0) {
                    return (int) sent;
                }
                if (errno(state) != Errno.EINTR) {
                    return -errno(state);
                }
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int recvmsg(int fd, MemorySegment msghdr, int flags) {
        MemorySegment state = CALL_STATE.get();
        try {
            while (true) {
                long got = (long) RECVMSG.invokeExact(state, fd, msghdr, flags);
                if (got >= 0) {
                    return (int) got;
                }
                if (errno(state) != Errno.EINTR) {
                    return -errno(state);
                }
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Polls without retry after EINTR: the caller checks its clock and polls again. */
    static int poll(MemorySegment pollfds, int count, int timeoutMs) {
        MemorySegment state = CALL_STATE.get();
        try {
            int got = (int) POLL.invokeExact(state, pollfds, (long) count, timeoutMs);
            return got < 0 ? -errno(state) : got;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    public static int open(String path) {
        return open(path, O_RDONLY);
    }

    static int open(String path, int flags) {
        MemorySegment state = CALL_STATE.get();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            while (true) {
                int fd = (int) OPEN.invokeExact(state, name, flags | O_CLOEXEC);
                if (fd >= 0) {
                    return fd;
                }
                if (errno(state) != Errno.EINTR) {
                    return -errno(state);
                }
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Takes an exclusive lock on a whole file, held by the open file description: until its last descriptor is closed,
     * also by the end of the process. Does not wait.
     */
    static int ofdSetlk(int fd) {
        MemorySegment state = CALL_STATE.get();
        try (Arena arena = Arena.ofConfined()) {
            // struct flock: l_type, l_whence (SEEK_SET), l_start, l_len (0: to the end), l_pid (0)
            MemorySegment flock = arena.allocate(FLOCK_BYTES, Long.BYTES);
            flock.set(ValueLayout.JAVA_SHORT, 0, (short) F_WRLCK);
            int got = (int) FCNTL.invokeExact(state, fd, F_OFD_SETLK, flock);
            return got < 0 ? -errno(state) : got;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    public static int read(int fd, MemorySegment into) {
        MemorySegment state = CALL_STATE.get();
        try {
            while (true) {
                long got = (long) READ.invokeExact(state, fd, into, into.byteSize());
                if (got >= 0) {
                    return (int) got;
                }
                if (errno(state) != Errno.EINTR) {
                    return -errno(state);
                }
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    public static void close(int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(CALL_STATE.get(), fd);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Moves only the calling thread, which must be a platform thread that starts no others. */
    public static int setns(int fd, int kind) {
        MemorySegment state = CALL_STATE.get();
        try {
            int got = (int) SETNS.invokeExact(state, fd, kind);
            return got < 0 ? -errno(state) : got;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @param name address of the NUL-terminated file name */
    public static int readlinkat(int dirfd, long name, MemorySegment into) {
        MemorySegment state = CALL_STATE.get();
        try {
            long got = (long) READLINKAT.invokeExact(state, dirfd, name, into, into.byteSize());
            return got < 0 ? -errno(state) : (int) got;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    public static int readlink(String path, MemorySegment into) {
        MemorySegment state = CALL_STATE.get();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            long got = (long) READLINK.invokeExact(state, name, into, into.byteSize());
            return got < 0 ? -errno(state) : (int) got;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns a DIR pointer, or -errno. */
    public static long opendir(String path) {
        MemorySegment state = CALL_STATE.get();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            long dir = (long) OPENDIR.invokeExact(state, name);
            return dir == 0 ? -errno(state) : dir;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns the address of the next struct dirent; 0 at the end or on an error, as when the process vanished. */
    public static long readdir(long dir) {
        try {
            return (long) READDIR.invokeExact(CALL_STATE.get(), dir);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    public static int dirfd(long dir) {
        try {
            return (int) DIRFD.invokeExact(CALL_STATE.get(), dir);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    public static void closedir(long dir) {
        try {
            int ignored = (int) CLOSEDIR.invokeExact(CALL_STATE.get(), dir);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    public static int uname(MemorySegment utsname) {
        MemorySegment state = CALL_STATE.get();
        try {
            int got = (int) UNAME.invokeExact(state, utsname);
            return got < 0 ? -errno(state) : got;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns how many clock ticks a second has in /proc. */
    public static long clockTicks() {
        try {
            return (long) SYSCONF.invokeExact(CALL_STATE.get(), SC_CLK_TCK);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns the address of the array of struct if_nameindex of the calling thread's namespace, or -errno. */
    public static long ifNameindex() {
        MemorySegment state = CALL_STATE.get();
        try {
            long array = (long) IF_NAMEINDEX.invokeExact(state);
            return array == 0 ? -errno(state) : array;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    public static void ifFreenameindex(long array) {
        try {
            IF_FREENAMEINDEX.invokeExact(CALL_STATE.get(), array);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException r ? r : new IllegalStateException(e);
    }

    private Syscalls() {}
}
