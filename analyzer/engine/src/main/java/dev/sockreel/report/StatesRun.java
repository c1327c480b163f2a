package dev.sockreel.report;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Findings;
import dev.sockreel.process.OwnerProcess;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the processes of causes through all snapshots. Memory: for each process a few numbers a column, whatever the
 * number of snapshots.
 */
final class StatesRun {
    /** Processes of one cause that are followed. */
    static final int MAX_PER_CAUSE = 3;
    /** Start times differ by less between two captures, each of which has its own clock pair. */
    private static final long CLOCK_TOLERANCE_NS = 1_000_000_000L;

    /**
     * A process of one boot; pids are reused.
     *
     * @param boot      of the capture; null when not known, which matches every capture
     * @param startedNs {@link ReceiveTime#UNKNOWN} when not known, which matches every process with this pid
     */
    private record Life(@Nullable String boot, int pid, long startedNs) {
        boolean isOf(Snapshot snapshot) {
            return boot == null || boot.equals(snapshot.boot());
        }

        boolean is(OwnerProcess process) {
            long other = process.facts().startedNs();
            return startedNs == ReceiveTime.UNKNOWN || other == ReceiveTime.UNKNOWN
                    || Math.abs(startedNs - other) < CLOCK_TOLERANCE_NS;
        }
    }

    private static final class Followed {
        private final String comm;
        private final List<Map<String, Integer>> columns = new ArrayList<>();
        private final Map<String, ProcessStates.Total> totals = new LinkedHashMap<>();

        Followed(String comm) {
            this.comm = comm;
        }

        void add(String state, ReceiveTime time, boolean beginsColumn) {
            if (beginsColumn) {
                columns.add(new LinkedHashMap<>());
            }
            columns.getLast().merge(state, 1, Integer::sum);
            totals.merge(state, new ProcessStates.Total(state, 1, time, time), ProcessStates.Total::and);
        }

        ProcessStates states(int pid) {
            return new ProcessStates(pid, comm, columns, totals.values().stream()
                    .sorted(Comparator.comparing((ProcessStates.Total t) -> !t.isRecorded())
                            .thenComparing(Comparator.comparingInt(ProcessStates.Total::snapshots).reversed()))
                    .toList());
        }
    }

    private final Map<Life, Followed> followed = new LinkedHashMap<>();
    private final Map<String, List<Life>> byCause = new LinkedHashMap<>();
    private final int width;
    private int turns;

    /**
     * Chooses the processes.
     *
     * @param max   processes followed at most, those of the most important causes
     * @param width snapshots that share a column
     */
    StatesRun(Findings findings, int max, int width) {
        this.width = width;
        for (Cause cause : findings.causes()) {
            String boot = boot(findings, cause);
            List<Owner> owners = Objects.requireNonNullElse(cause.processes(), List.of());
            List<Life> lives = new ArrayList<>();
            for (Owner owner : owners.subList(0, Math.min(MAX_PER_CAUSE, owners.size()))) {
                Life life = new Life(boot, owner.pid(), owner.process().facts().startedNs());
                if (followed.containsKey(life) || followed.size() < max) {
                    followed.computeIfAbsent(life, l -> new Followed(owner.comm()));
                    lives.add(life);
                }
            }
            byCause.put(cause.id(), lives);
        }
    }

    private static @Nullable String boot(Findings findings, Cause cause) {
        return cause.findings().stream()
                .map(i -> findings.findings().get(i).socket().identity())
                .filter(Objects::nonNull)
                .map(SocketIdentity::boot)
                .findFirst()
                .orElse(null);
    }

    void add(Snapshot snapshot) {
        boolean beginsColumn = turns % width == 0;
        followed.forEach((life, states) -> states.add(state(life, snapshot), snapshot.begin(), beginsColumn));
        turns++;
    }

    private static String state(Life life, Snapshot snapshot) {
        OwnerProcess process = life.isOf(snapshot) ? snapshot.owners().process(life.pid()) : null;
        return process == null || process.state() == null || !life.is(process)
                ? ProcessStates.NOT_RECORDED : process.state();
    }

    /** Returns the states of the first processes of each cause. */
    Map<String, List<ProcessStates>> byCause() {
        Map<String, List<ProcessStates>> states = new LinkedHashMap<>();
        byCause.forEach((cause, lives) -> states.put(cause, lives.stream()
                .map(life -> Objects.requireNonNull(followed.get(life)).states(life.pid()))
                .toList()));
        return states;
    }
}
