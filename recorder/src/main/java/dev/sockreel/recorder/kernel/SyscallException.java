package dev.sockreel.recorder.kernel;

import dev.sockreel.nlmsg.Errno;
import java.io.IOException;

/** Thrown when a system call fails; the message names the operation and errno. */
public final class SyscallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final int errno;

    SyscallException(String operation, String on, int errno) {
        super(operation + (on.isEmpty() ? "" : " " + on) + ": " + Errno.describe(errno));
        this.operation = operation;
        this.errno = errno;
    }

    public String operation() {
        return operation;
    }

    public int errno() {
        return errno;
    }
}
