package dev.sockreel.process;

import dev.sockreel.capture.record.Threads;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the threads of a process waited for; named when somebody looks, as few of all snapshots are looked at. */
final class LazyWaits extends AbstractList<ThreadWait> {
    private final int machine;
    private final long count;
    /** Null once {@link #waits} is there. */
    private Threads.@Nullable Process process;
    private List<ThreadWait> waits = List.of();

    /** @see SyscallNames#waits */
    LazyWaits(Threads.Process process, long count, int machine) {
        this.process = process;
        this.count = count;
        this.machine = machine;
    }

    private List<ThreadWait> waits() {
        Threads.Process recorded = process;
        if (recorded != null) {
            waits = SyscallNames.waits(recorded, count, machine);
            process = null;
        }
        return waits;
    }

    @Override
    public ThreadWait get(int index) {
        return waits().get(index);
    }

    @Override
    public int size() {
        return waits().size();
    }
}
