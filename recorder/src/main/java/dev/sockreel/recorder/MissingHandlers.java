package dev.sockreel.recorder;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.recorder.host.DiagHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The families that are not requested (again), and why. Handlers belong to the kernel, not to a namespace: one attempt
 * holds for all namespaces and the whole recording. Thread-safe.
 */
final class MissingHandlers {
    private final Map<String, Why> whyById = new ConcurrentHashMap<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final Consumer<String> progress;
    private @Nullable DiagHandlers handlers;

    /**
     * The reason why a family is not requested.
     *
     * @param outcome outcome of its skipped dumps
     * @param errno   errno of the one attempt; 0 when there was none
     * @param reason  the reason as a clause, for people
     * @param handler state of the handler
     */
    record Why(DumpEnd.Outcome outcome, int errno, String reason, DiagHandlers.Known handler) {}

    /** @param progress receives a line when a family is first found unavailable */
    MissingHandlers(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Returns why a family is not to be requested, null when it may be; reports the first such answer for a family. */
    @Nullable
    Why why(Family family) {
        Why why = whyById.get(family.id());
        if (why != null && reported.add(family.id())) {
            progress.accept(family.id() + " is unavailable: " + why.reason());
        }
        return why;
    }

    /** Remembers that a request found no handler. */
    void learnMissing(Family family, DumpReceiver.Result result) {
        learn(family, new Why(
                DumpEnd.Outcome.MISSING_BEFORE, result.errno(),
                "the kernel has no handler (" + result.description() + ")", handlers().known(family)));
        why(family);
    }

    /** Remembers that no request is to be sent, because it could load a module. */
    void learnNotLoaded(Family family, DiagHandlers.Known known) {
        learn(family, new Why(
                DumpEnd.Outcome.NOT_LOADED, 0,
                "its handler is not known to be loaded (" + known.evidence() + "), so --no-modprobe skips it", known));
    }

    /** Returns the host's handlers, read when the first one is missing. */
    private synchronized DiagHandlers handlers() {
        if (handlers == null) {
            handlers = DiagHandlers.denied();
        }
        return handlers;
    }

    private void learn(Family family, Why why) {
        whyById.putIfAbsent(family.id(), why);
    }

    /** Returns the ids of families that were wanted and unavailable, in the order of the table. */
    List<String> ids() {
        return Family.all().stream().map(Family::id).filter(reported::contains).toList();
    }
}
