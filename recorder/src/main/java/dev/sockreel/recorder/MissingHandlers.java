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
 * Families that are not asked for (again), and why. A handler is the kernel's, not a namespace's: one attempt tells
 * for all of them and for the whole recording. Thread-safe.
 */
final class MissingHandlers {
    private final Map<String, Why> whyById = new ConcurrentHashMap<>();
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final Consumer<String> said;
    private @Nullable DiagHandlers handlers;

    /**
     * @param outcome that the dumps get which are not asked for
     * @param errno   of the one attempt; 0 when there was none
     * @param words   for people
     * @param handler what is known of it
     */
    record Why(DumpEnd.Outcome outcome, int errno, String words, DiagHandlers.Known handler) {}

    MissingHandlers(Consumer<String> said) {
        this.said = said;
    }

    /** Null when it may be asked for. Says the first time that a family is met which may not. */
    @Nullable
    Why why(Family family) {
        Why why = whyById.get(family.id());
        if (why != null && met.add(family.id())) {
            said.accept(family.id() + " is unavailable: " + why.words());
        }
        return why;
    }

    /** The attempt was made and found no handler. */
    void learnMissing(Family family, DumpReceiver.Result result) {
        learn(family, new Why(
                DumpEnd.Outcome.MISSING_BEFORE, result.errno(),
                "the kernel has no handler, it answered " + result.words(), handlers().known(family)));
        why(family);
    }

    /** No attempt is to be made, because it could load a module. */
    void learnNotLoaded(Family family, DiagHandlers.Known known) {
        learn(family, new Why(
                DumpEnd.Outcome.NOT_LOADED, 0,
                "its handler is not surely loaded (" + known.evidence() + "), and --no-modprobe asks no other", known));
    }

    /** Looked for when the first one is missing. */
    private synchronized DiagHandlers handlers() {
        if (handlers == null) {
            handlers = DiagHandlers.denied();
        }
        return handlers;
    }

    private void learn(Family family, Why why) {
        whyById.putIfAbsent(family.id(), why);
    }

    /** Ids that were wanted and could not be had, in the order of the table. */
    List<String> ids() {
        return Family.all().stream().map(Family::id).filter(met::contains).toList();
    }
}
