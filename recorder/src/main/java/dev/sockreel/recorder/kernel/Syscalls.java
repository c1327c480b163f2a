package dev.sockreel.recorder.kernel;

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
import java.lang.ref.Reference;

/**
 * The only file with foreign functions. Each method is one libc call of a 64-bit Linux. It returns the call's result,
 * or {@code -errno} where the call failed (so that hot loops create no exceptions), and retries after EINTR. Pointers
 * that are only passed on are {@code long}, so that directory entries cost no object.
 */
@SuppressWarnings("ReachabilityFenceUsage") // a call that throws has made no use of the memory
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

    /**
     * The shape of all calls. One for each function would be exact, but each costs the JVM some 100 KiB of generated
     * classes. On 64-bit Linux a function finds up to five integers and pointers in registers whose sign was extended,
     * and ignores those that it has no parameter for.
     */
    private static final FunctionDescriptor SHAPE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MethodHandle CALL = LINKER.downcallHandle(SHAPE, ERRNO);
    /** The same for open(2) and fcntl(2), whose third parameter is variadic. */
    private static final MethodHandle VARIADIC_CALL =
            LINKER.downcallHandle(SHAPE, ERRNO, Linker.Option.firstVariadicArg(2));

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> CALL_STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static final MemorySegment SOCKET = function("socket");
    private static final MemorySegment GETSOCKOPT = function("getsockopt");
    private static final MemorySegment SETSOCKOPT = function("setsockopt");
    private static final MemorySegment BIND = function("bind");
    private static final MemorySegment SEND = function("send");
    private static final MemorySegment RECVMSG = function("recvmsg");
    private static final MemorySegment POLL = function("poll");
    private static final MemorySegment OPEN = function("open");
    private static final MemorySegment FCNTL = function("fcntl");
    private static final MemorySegment READ = function("read");
    private static final MemorySegment CLOSE = function("close");
    private static final MemorySegment SETNS = function("setns");
    private static final MemorySegment READLINKAT = function("readlinkat");
    private static final MemorySegment READLINK = function("readlink");
    private static final MemorySegment OPENDIR = function("opendir");
    private static final MemorySegment READDIR = function("readdir");
    private static final MemorySegment DIRFD = function("dirfd");
    private static final MemorySegment CLOSEDIR = function("closedir");
    private static final MemorySegment UNAME = function("uname");
    private static final MemorySegment SYSCONF = function("sysconf");
    private static final MemorySegment IF_NAMEINDEX = function("if_nameindex");
    private static final MemorySegment IF_FREENAMEINDEX = function("if_freenameindex");

    private static MemorySegment function(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }

    static int socket(int family, int type, int protocol) {
        return checked((int) call(SOCKET, family, type, protocol));
    }

    static int getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment length) {
        int got = (int) call(GETSOCKOPT, fd, level, name, value.address(), length.address());
        Reference.reachabilityFence(value);
        Reference.reachabilityFence(length);
        return checked(got);
    }

    static int setsockopt(int fd, int level, int name, MemorySegment value) {
        int set = (int) call(SETSOCKOPT, fd, level, name, value.address(), value.byteSize());
        Reference.reachabilityFence(value);
        return checked(set);
    }

    static int bind(int fd, MemorySegment address) {
        int bound = (int) call(BIND, fd, address.address(), address.byteSize());
        Reference.reachabilityFence(address);
        return checked(bound);
    }

    static int send(int fd, MemorySegment bytes, int flags) {
        long sent;
        do {
            sent = call(SEND, fd, bytes.address(), bytes.byteSize(), flags, 0);
        } while (isInterrupted(sent));
        Reference.reachabilityFence(bytes);
        return checked((int) sent);
    }

    static int recvmsg(int fd, MemorySegment msghdr, int flags) {
        long got;
        do {
            got = call(RECVMSG, fd, msghdr.address(), flags);
        } while (isInterrupted(got));
        Reference.reachabilityFence(msghdr);
        return checked((int) got);
    }

    /** Polls without retry after EINTR: the caller checks its clock and polls again. */
    static int poll(MemorySegment pollfds, int count, int timeoutMs) {
        int got = (int) call(POLL, pollfds.address(), count, timeoutMs);
        Reference.reachabilityFence(pollfds);
        return checked(got);
    }

    public static int open(String path) {
        return open(path, O_RDONLY);
    }

    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            int fd;
            do {
                fd = (int) variadicCall(OPEN, name.address(), flags | O_CLOEXEC, 0);
            } while (isInterrupted(fd));
            return checked(fd);
        }
    }

    /**
     * Takes an exclusive lock on a whole file, held by the open file description: until its last descriptor is closed,
     * also by the end of the process. Does not wait.
     */
    static int ofdSetlk(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            // struct flock: l_type, l_whence (SEEK_SET), l_start, l_len (0: to the end), l_pid (0)
            MemorySegment flock = arena.allocate(FLOCK_BYTES, Long.BYTES);
            flock.set(ValueLayout.JAVA_SHORT, 0, (short) F_WRLCK);
            return checked((int) variadicCall(FCNTL, fd, F_OFD_SETLK, flock.address()));
        }
    }

    public static int read(int fd, MemorySegment into) {
        long got;
        do {
            got = call(READ, fd, into.address(), into.byteSize());
        } while (isInterrupted(got));
        Reference.reachabilityFence(into);
        return checked((int) got);
    }

    public static void close(int fd) {
        call(CLOSE, fd, 0, 0);
    }

    /** Moves only the calling thread, which must be a platform thread that starts no others. */
    public static int setns(int fd, int kind) {
        return checked((int) call(SETNS, fd, kind, 0));
    }

    /** @param name address of the NUL-terminated file name */
    public static int readlinkat(int dirfd, long name, MemorySegment into) {
        int got = (int) call(READLINKAT, dirfd, name, into.address(), into.byteSize(), 0);
        Reference.reachabilityFence(into);
        return checked(got);
    }

    public static int readlink(String path, MemorySegment into) {
        try (Arena arena = Arena.ofConfined()) {
            int got = (int) call(READLINK, arena.allocateFrom(path).address(), into.address(), into.byteSize());
            Reference.reachabilityFence(into);
            return checked(got);
        }
    }

    /** Returns a DIR pointer, or -errno. */
    public static long opendir(String path) {
        try (Arena arena = Arena.ofConfined()) {
            long dir = call(OPENDIR, arena.allocateFrom(path).address(), 0, 0);
            return dir == 0 ? -errno() : dir;
        }
    }

    /** Returns the address of the next struct dirent; 0 at the end or on an error, as when the process vanished. */
    public static long readdir(long dir) {
        return call(READDIR, dir, 0, 0);
    }

    public static int dirfd(long dir) {
        return (int) call(DIRFD, dir, 0, 0);
    }

    public static void closedir(long dir) {
        call(CLOSEDIR, dir, 0, 0);
    }

    public static int uname(MemorySegment utsname) {
        int got = (int) call(UNAME, utsname.address(), 0, 0);
        Reference.reachabilityFence(utsname);
        return checked(got);
    }

    /** Returns how many clock ticks a second has in /proc. */
    public static long clockTicks() {
        return call(SYSCONF, SC_CLK_TCK, 0, 0);
    }

    /** Returns the address of the array of struct if_nameindex of the calling thread's namespace, or -errno. */
    public static long ifNameindex() {
        long array = call(IF_NAMEINDEX, 0, 0, 0);
        return array == 0 ? -errno() : array;
    }

    public static void ifFreenameindex(long array) {
        call(IF_FREENAMEINDEX, array, 0, 0);
    }

    private static long call(MemorySegment function, long a, long b, long c) {
        return call(function, a, b, c, 0, 0);
    }

    private static long call(MemorySegment function, long a, long b, long c, long d, long e) {
        try {
            return (long) CALL.invokeExact(function, CALL_STATE.get(), a, b, c, d, e);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static long variadicCall(MemorySegment function, long a, long b, long c) {
        try {
            return (long) VARIADIC_CALL.invokeExact(function, CALL_STATE.get(), a, b, c, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Returns a result, or -errno for a negative one. */
    private static int checked(int result) {
        return result < 0 ? -errno() : result;
    }

    private static boolean isInterrupted(long result) {
        return result < 0 && errno() == Errno.EINTR;
    }

    /** Returns errno of this thread's last call. */
    private static int errno() {
        return CALL_STATE.get().get(JAVA_INT, ERRNO_AT);
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException r ? r : new IllegalStateException(e);
    }

    private Syscalls() {}
}
