package dev.sockreel.recorder;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.nlmsg.Family;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dumps that failed: each family's is said once. A snapshot in which every dump was refused records nothing, and the
 * next would not either. Thread-safe.
 */
final class Refusals {
    private static final int ENOSYS = 38;

    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Consumer<String> sayer;
    private int asked;
    private int refused;
    private @Nullable String lastWords;

    Refusals(Consumer<String> sayer) {
        this.sayer = sayer;
    }

    synchronized void asked(Family family, DumpReceiver.Result result) {
        asked++;
        if (result.errno() == 0 || result.handlerMissing()) {
            return;
        }
        if (isRefusal(result)) {
            refused++;
            lastWords = result.words();
        }
        if (said.add(family.id())) {
            sayer.accept(family.id() + " could not be dumped: " + result.words());
        }
    }

    private static boolean isRefusal(DumpReceiver.Result result) {
        boolean failed = result.outcome() == DumpEnd.Outcome.CALL_FAILED || result.outcome() == DumpEnd.Outcome.ERROR;
        int errno = result.errno();
        return failed && (errno == Errno.EPERM || errno == Errno.EACCES || errno == ENOSYS);
    }

    /** How the kernel refused every dump since the last call; null when it did not. */
    synchronized @Nullable String allRefused() {
        String words = asked > 0 && refused == asked ? lastWords : null;
        asked = 0;
        refused = 0;
        return words;
    }
}
