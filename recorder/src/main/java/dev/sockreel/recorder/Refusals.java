package dev.sockreel.recorder;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.nlmsg.Family;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts failed dumps and reports each family's first. A snapshot in which every dump was refused ends the recording,
 * since the next would fare no better. Thread-safe.
 */
final class Refusals {
    private static final int ENOSYS = 38;

    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final Consumer<String> progress;
    private int requested;
    private int refused;
    private @Nullable String lastRefusal;

    Refusals(Consumer<String> progress) {
        this.progress = progress;
    }

    synchronized void add(Family family, DumpReceiver.Result result) {
        requested++;
        if (result.errno() == 0 || result.handlerMissing()) {
            return;
        }
        if (isRefusal(result)) {
            refused++;
            lastRefusal = result.description();
        }
        if (reported.add(family.id())) {
            progress.accept(family.id() + " could not be dumped: " + result.description());
        }
    }

    private static boolean isRefusal(DumpReceiver.Result result) {
        boolean failed = result.outcome() == DumpEnd.Outcome.CALL_FAILED || result.outcome() == DumpEnd.Outcome.ERROR;
        int errno = result.errno();
        return failed && (errno == Errno.EPERM || errno == Errno.EACCES || errno == ENOSYS);
    }

    /** Returns the last refusal when every dump since the last call was refused; null otherwise. */
    synchronized @Nullable String allRefused() {
        String refusal = requested > 0 && refused == requested ? lastRefusal : null;
        requested = 0;
        refused = 0;
        return refusal;
    }
}
