package dev.sockreel.recorder.process;

import dev.sockreel.recorder.host.ProcFiles;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads files that may not answer, on a thread of its own, and waits only so long. /proc/PID/cmdline waits while a
 * thread of that process holds its memory map; /proc/PID/exe waits while a network file system is away. A thread that
 * got stuck is left behind. Not thread-safe.
 */
final class PatientReader {
    /** The number of stuck threads after which nothing is read any more. */
    static final int MAX_STUCK = 4;

    private final long patienceNs;
    private ExecutorService thread = newThread();
    /** Used by {@link #thread} alone. */
    private ProcFiles files = new ProcFiles();
    private int stuck;

    PatientReader(Duration patience) {
        this.patienceNs = patience.toNanos();
    }

    private static ExecutorService newThread() {
        return Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().daemon().name("sockreel-reader").unstarted(task));
    }

    /** Returns what was read, or null when there was no answer in time. */
    <T> @Nullable T read(Function<ProcFiles, T> reading) throws InterruptedException {
        if (stuck == MAX_STUCK) {
            return null;
        }
        ProcFiles its = files;
        Future<T> answer = thread.submit(() -> reading.apply(its));
        try {
            return answer.get(patienceNs, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            stuck++;
            thread.shutdown();
            thread = newThread();
            files = new ProcFiles();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
