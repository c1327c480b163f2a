package dev.sockreel.recorder;

import dev.sockreel.nlmsg.Errno;
import java.io.IOException;

/** A system call failed; the message names both the operation and errno. */
final class SyscallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final int errno;

    SyscallException(String operation, String on, int errno) {
        super(operation + (on.isEmpty() ? "" : " " + on) + ": " + Errno.words(errno));
        this.operation = operation;
        this.errno = errno;
    }

    String operation() {
        return operation;
    }

    int errno() {
        return errno;
    }
}
