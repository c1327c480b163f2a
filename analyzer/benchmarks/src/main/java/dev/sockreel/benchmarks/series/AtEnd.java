package dev.sockreel.benchmarks.series;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Closes at the program's end, whatever ends it, what it made and must not leave behind: the newest first. */
final class AtEnd {
    private static final Deque<AutoCloseable> OPEN = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtEnd::closeAll, "close all"));
    }

    /** Closes it at the program's end, unless it was closed and {@link #forget forgotten} before. */
    static <T extends AutoCloseable> T close(T made) {
        OPEN.push(made);
        return made;
    }

    static void forget(AutoCloseable closed) {
        OPEN.remove(closed);
    }

    private static void closeAll() {
        AutoCloseable made;
        while ((made = OPEN.poll()) != null) {
            try {
                made.close();
            } catch (Exception e) {
                // What else is open must be closed as well.
                System.err.println("not removed: " + made + ": " + e);
            }
        }
    }

    private AtEnd() {}
}
