package dev.sockreel.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Work that is meant to hang in a call. */
final class Stall {
    private static final Duration STILL = Duration.ofMillis(300);
    private static final Duration STEP = Duration.ofMillis(20);

    /** The work. */
    interface Work {
        /** @param progress to be called after each step that did not hang */
        void run(Runnable progress) throws IOException;
    }

    private final AtomicLong steps = new AtomicLong();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private final Thread thread;

    Stall(Work work) {
        // a platform thread, for the same reason as in RoleMain
        thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run(steps::incrementAndGet);
            } catch (IOException e) {
                failure.set(e);
            }
        });
    }

    /** Waits until the work makes no more progress. */
    void await() throws IOException, InterruptedException {
        long last = -1;
        long stillNs = 0;
        long begin = System.nanoTime();
        while (stillNs < STILL.toNanos()) {
            Thread.sleep(STEP);
            long now = steps.get();
            if (now != last) {
                last = now;
                begin = System.nanoTime();
            }
            stillNs = System.nanoTime() - begin;
            if (!thread.isAlive()) {
                IOException e = failure.get();
                throw e == null ? new IOException("ended, though it was to hang") : e;
            }
        }
    }
}
