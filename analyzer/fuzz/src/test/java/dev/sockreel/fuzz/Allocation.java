package dev.sockreel.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** Checks that allocation grows at most linearly with the input: no length is trusted, nothing is copied repeatedly. */
public final class Allocation {
    /** The allowance for allocation that does not depend on the input. */
    private static final long FREE_BYTES = 4 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Runs the work and fails if it allocates more than {@code perByte} bytes per byte of input. */
    public static <T> T within(int perByte, long inputBytes, Supplier<T> work) {
        long bound = FREE_BYTES + perByte * inputBytes;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T result = work.get();
        if (THREADS.getCurrentThreadAllocatedBytes() - before <= bound) {
            return result;
        }
        // The first run loads classes, which the fuzzer instruments.
        before = THREADS.getCurrentThreadAllocatedBytes();
        result = work.get();
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (taken > bound) {
            throw new AssertionError(taken + " bytes of heap for " + inputBytes + " bytes of input");
        }
        return result;
    }

    private Allocation() {}
}
