package dev.sockreel.process;

import dev.sockreel.capture.record.Processes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The facts about processes that a capture has recorded so far. Each process is recorded once in a file. */
public final class KnownProcesses {
    public static final KnownProcesses NONE = new KnownProcesses(new LinkedHashMap<>(), 0);

    /** The limit for their text; beyond it those that were recorded first are forgotten. */
    private static final long MAX_CHARS = 32 << 20;
    private static final int MIN_CHARS_EACH = 100;

    private record Life(int pid, long startedTicks) {}

    private final SequencedMap<Life, ProcessFacts> facts;
    private final long chars;

    private KnownProcesses(SequencedMap<Life, ProcessFacts> facts, long chars) {
        this.facts = facts;
        this.chars = chars;
    }

    /** Returns these and the processes of one snapshot. */
    public KnownProcesses and(List<Processes> records, HostClock clock) {
        if (records.isEmpty()) {
            return this;
        }
        SequencedMap<Life, ProcessFacts> all = new LinkedHashMap<>(facts);
        long size = chars;
        for (Processes record : records) {
            for (Processes.Facts f : record.processes()) {
                ProcessFacts now = ProcessFacts.of(f, clock);
                ProcessFacts before = all.put(new Life(f.pid(), f.startedTicks()), now);
                size += chars(now) - (before == null ? 0 : chars(before));
            }
        }
        while (size > MAX_CHARS) {
            Map.Entry<Life, ProcessFacts> eldest = all.pollFirstEntry();
            size -= chars(eldest.getValue());
        }
        return new KnownProcesses(all, size);
    }

    private static int chars(ProcessFacts f) {
        String cmdline = f.cmdline().text();
        String path = f.cgroup().path();
        return MIN_CHARS_EACH + (cmdline == null ? 0 : cmdline.length()) + (path == null ? 0 : 2 * path.length());
    }

    /**
     * Returns the facts about one life of a process.
     *
     * @return null when they were not recorded
     */
    public @Nullable ProcessFacts of(int pid, long startedTicks) {
        return startedTicks == ProcessStat.UNKNOWN ? null : facts.get(new Life(pid, startedTicks));
    }
}
