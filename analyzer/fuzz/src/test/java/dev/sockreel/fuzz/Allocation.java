package dev.sockreel.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** That what a reader takes from the heap grows with its input and not faster: no length is believed, nothing is copied again and again. */
public final class Allocation {
    /** For what does not depend on the input. */
    private static final long FREE_BYTES = 4 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The work's result, when it took no more than {@code perByte} bytes of heap for a byte of input. */
    public static <T> T within(int perByte, long inputBytes, Supplier<T> work) {
        long bound = FREE_BYTES + perByte * inputBytes;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T result = work.get();
        if (THREADS.getCurrentThreadAllocatedBytes() - before <= bound) {
            return result;
        }
        // the first time classes are loaded on the way, and a fuzzer rewrites them
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
