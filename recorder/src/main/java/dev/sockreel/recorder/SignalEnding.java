package dev.sockreel.recorder;

import dev.sockreel.failure.LastResort;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command that records in an orderly way on Ctrl-C, SIGTERM and SIGHUP. These begin the JVM's shutdown, whose
 * hook requests the stop, waits for the command, and exits with its code instead of the JVM's own (130, 143).
 */
public final class SignalEnding {
    private static final long STOP_TIMEOUT_SECONDS = 20;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile int exit = LastResort.FAILED;

    /** Begins to look after signals. {@link #finished} must follow. */
    public SignalEnding(StopSignal stop) {
        hook = Thread.ofPlatform().name("sockreel-stop").unstarted(() -> {
            try {
                stop.request();
                if (done.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    Runtime.getRuntime().halt(LastResort.exitCode(exit));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                LastResort.report(e, System.err);
                Runtime.getRuntime().halt(LastResort.FAILED);
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ends the JVM where a signal began that; what was printed must be flushed before. */
    public void finished(int code) {
        exit = code;
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown has begun: the hook does the rest.
            return;
        }
    }
}
