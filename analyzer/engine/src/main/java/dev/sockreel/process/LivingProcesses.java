package dev.sockreel.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The processes that hold sockets and live, by pid, as of one snapshot. */
public final class LivingProcesses {
    public static final LivingProcesses NONE = new LivingProcesses(LayeredMap.empty(), Map.of());

    /** Those that an earlier snapshot has recorded, without what held only then. */
    private final LayeredMap<Integer, OwnerProcess> before;
    private final Map<Integer, OwnerProcess> now;

    private LivingProcesses(LayeredMap<Integer, OwnerProcess> before, Map<Integer, OwnerProcess> now) {
        this.before = before;
        this.now = now;
    }

    /** Returns the processes of a snapshot that has recorded all of them. */
    public static LivingProcesses all(Map<Integer, OwnerProcess> now) {
        return new LivingProcesses(LayeredMap.empty(), now);
    }

    /** Returns these as of a later snapshot that has recorded some of them. */
    public LivingProcesses with(Map<Integer, OwnerProcess> some) {
        return new LivingProcesses(withoutStates().before, some);
    }

    /** Returns these as of a later snapshot that has recorded none of them. */
    public LivingProcesses withoutStates() {
        if (now.isEmpty()) {
            return this;
        }
        SequencedMap<Integer, OwnerProcess> stateless = new LinkedHashMap<>();
        now.forEach((pid, process) -> stateless.put(pid, process.withoutState()));
        return new LivingProcesses(before.with(stateless), Map.of());
    }

    /** Returns the process with this id; null for none that lives. */
    public @Nullable OwnerProcess get(int pid) {
        OwnerProcess process = now.get(pid);
        return process == null ? before.get(pid) : process;
    }
}
