package dev.sockreel.recorder;

/** Numbers of errno that the recorder acts on (uapi/asm-generic/errno.h), and words for people. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    static final int EPROTONOSUPPORT = 93;
    static final int EAFNOSUPPORT = 97;

    /** Name and number for the frequent ones, the number alone for the rest. */
    static String name(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM, operation not permitted";
            case ENOENT -> "ENOENT, no such file or handler";
            case ESRCH -> "ESRCH, no such process";
            case EIO -> "EIO, input/output error";
            case EAGAIN -> "EAGAIN, try again";
            case 12 -> "ENOMEM, out of memory";
            case EACCES -> "EACCES, permission denied";
            case 16 -> "EBUSY, busy";
            case EINVAL -> "EINVAL, invalid argument";
            case 23 -> "ENFILE, too many open files in the system";
            case 24 -> "EMFILE, too many open files";
            case 90 -> "EMSGSIZE, message too long";
            case EPROTONOSUPPORT -> "EPROTONOSUPPORT, protocol not supported";
            case 95 -> "EOPNOTSUPP, operation not supported";
            case EAFNOSUPPORT -> "EAFNOSUPPORT, address family not supported";
            case 105 -> "ENOBUFS, no buffer space";
            default -> "errno " + errno;
        };
    }

    private Errno() {}
}
