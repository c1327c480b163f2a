package dev.sockreel.process;

import dev.sockreel.capture.record.Processes;
import org.jspecify.annotations.Nullable;

/** Facts about processes from a part of a capture that was passed by. */
@FunctionalInterface
public interface EarlierFacts {
    EarlierFacts NONE = (pid, startedTicks) -> null;

    /**
     * Returns the facts about one life of a process.
     *
     * @param startedTicks clock ticks from the boot to its start
     * @return null when they were not recorded there
     */
    Processes.@Nullable Facts of(int pid, long startedTicks);
}
