package dev.sockreel.nlmsg;

/** Error numbers of sock_diag and the recorder's system calls (uapi/asm-generic/errno.h), names and descriptions. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int ENOTDIR = 20;
    public static final int EINVAL = 22;
    public static final int EPROTONOSUPPORT = 93;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int ENOBUFS = 105;

    /** Returns name and description, {@code ENOENT, no such file or handler}; {@code errno 7} for an unlisted one. */
    public static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM, operation not permitted";
            case ENOENT -> "ENOENT, no such file or handler";
            case ESRCH -> "ESRCH, no such process";
            case EINTR -> "EINTR, interrupted";
            case EIO -> "EIO, input/output error";
            case 9 -> "EBADF, bad descriptor";
            case EAGAIN -> "EAGAIN, try again";
            case 12 -> "ENOMEM, out of memory";
            case EACCES -> "EACCES, permission denied";
            case 14 -> "EFAULT, bad address";
            case 16 -> "EBUSY, busy";
            case 19 -> "ENODEV, no such device";
            case ENOTDIR -> "ENOTDIR, not a directory";
            case EINVAL -> "EINVAL, invalid argument";
            case 23 -> "ENFILE, too many open files in the system";
            case 24 -> "EMFILE, too many open files";
            case 28 -> "ENOSPC, no space left";
            case 34 -> "ERANGE, out of range";
            case 38 -> "ENOSYS, no such system call";
            case 90 -> "EMSGSIZE, message too long";
            case EPROTONOSUPPORT -> "EPROTONOSUPPORT, protocol not supported";
            case EOPNOTSUPP -> "EOPNOTSUPP, operation not supported";
            case EAFNOSUPPORT -> "EAFNOSUPPORT, address family not supported";
            case 104 -> "ECONNRESET, connection reset";
            case ENOBUFS -> "ENOBUFS, no buffer space";
            case 110 -> "ETIMEDOUT, timed out";
            default -> "errno " + errno;
        };
    }

    /** Returns the name, {@code ENOENT}; {@code errno 7} for an unlisted number. */
    public static String name(int errno) {
        String text = describe(errno);
        int comma = text.indexOf(',');
        return comma < 0 ? text : text.substring(0, comma);
    }

    private Errno() {}
}
