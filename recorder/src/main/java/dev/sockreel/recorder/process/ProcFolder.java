package dev.sockreel.recorder.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sockreel.recorder.kernel.Syscalls;
import java.util.Arrays;

/** Lists the numbered entries of a folder under /proc: processes, threads. */
final class ProcFolder {
    /**
     * The numbers in a folder.
     *
     * @param values the numbers, in the kernel's order
     * @param errno  why it could not be listed, 0 if it could
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Numbers(int[] values, int errno) {}

    static Numbers numbers(String path) {
        long dir = Syscalls.opendir(path);
        if (dir < 0) {
            return new Numbers(new int[0], (int) -dir);
        }
        int[] out = new int[64];
        int count = 0;
        for (long entry = Syscalls.readdir(dir); entry != 0; entry = Syscalls.readdir(dir)) {
            int number = number(entry + Syscalls.D_NAME);
            if (number > 0) {
                out = count == out.length ? Arrays.copyOf(out, 2 * count) : out;
                out[count++] = number;
            }
        }
        Syscalls.closedir(dir);
        return new Numbers(Arrays.copyOf(out, count), 0);
    }

    /** Parses a NUL-terminated decimal number; returns -1 when it is none. */
    static int number(long name) {
        int value = 0;
        for (long at = name;; at++) {
            byte digit = Syscalls.MEMORY.get(JAVA_BYTE, at);
            if (digit == 0) {
                return at == name ? -1 : value;
            }
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + (digit - '0');
        }
    }

    private ProcFolder() {}
}
