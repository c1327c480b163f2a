package dev.sockreel.process;

import dev.sockreel.capture.record.Processes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The facts about processes that a capture has recorded so far. Each process is recorded once in a file. */
public final class KnownProcesses {
    public static final KnownProcesses NONE = recordedIn(EarlierFacts.NONE, new HostClock(HostClock.UNKNOWN, 0));

    /** The limit for their text; beyond it the half that was recorded first is forgotten. */
    private static final long MAX_CHARS = 32 << 20;
    private static final int MIN_CHARS_EACH = 100;

    private record Life(int pid, long startedTicks) {}

    private final LayeredMap<Life, ProcessFacts> facts;
    /** Their size; those recorded twice count twice. */
    private final long chars;

    private final EarlierFacts earlier;
    private final HostClock clock;

    private KnownProcesses(
            LayeredMap<Life, ProcessFacts> facts, long chars, EarlierFacts earlier, HostClock clock) {
        this.facts = facts;
        this.chars = chars;
        this.earlier = earlier;
        this.clock = clock;
    }

    /** Returns the processes of a part of a capture that was passed by. */
    public static KnownProcesses recordedIn(EarlierFacts earlier, HostClock clock) {
        return new KnownProcesses(LayeredMap.empty(), 0, earlier, clock);
    }

    /** Returns these and the processes of one snapshot. */
    public KnownProcesses and(List<Processes> records, HostClock clock) {
        if (records.isEmpty()) {
            return this;
        }
        SequencedMap<Life, ProcessFacts> newer = new LinkedHashMap<>();
        for (Processes record : records) {
            for (Processes.Facts f : record.processes()) {
                newer.put(new Life(f.pid(), f.startedTicks()), ProcessFacts.of(f, clock));
            }
        }
        long size = chars + chars(newer);
        LayeredMap<Life, ProcessFacts> all = facts.with(newer);
        return size > MAX_CHARS ? newest(all.copy()) : new KnownProcesses(all, size, earlier, this.clock);
    }

    /** Returns the newer of these, half of what may be kept. */
    private KnownProcesses newest(SequencedMap<Life, ProcessFacts> all) {
        long size = chars(all);
        while (size > MAX_CHARS / 2) {
            size -= chars(all.pollFirstEntry().getValue());
        }
        return new KnownProcesses(LayeredMap.<Life, ProcessFacts>empty().with(all), size, earlier, clock);
    }

    private static long chars(Map<Life, ProcessFacts> facts) {
        return facts.values().stream().mapToLong(KnownProcesses::chars).sum();
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
        if (startedTicks == ProcessStat.UNKNOWN) {
            return null;
        }
        ProcessFacts known = facts.get(new Life(pid, startedTicks));
        Processes.Facts before = known == null ? earlier.of(pid, startedTicks) : null;
        return before == null ? known : ProcessFacts.of(before, clock);
    }
}
