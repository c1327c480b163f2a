package dev.sockreel.cause;

import dev.sockreel.finding.What;
import dev.sockreel.snapshot.Owner;
import java.util.List;
import java.util.stream.Collectors;

/** Advises what to do about the processes of a cause. */
final class Advice {
    private static final int MAX_PIDS = 8;

    /** Returns one or two sentences. */
    static String forProcesses(List<Owner> processes, What what, boolean over) {
        Owner first = processes.getFirst();
        List<Integer> stopped = processes.stream().filter(Owner::isStopped).map(Owner::pid).toList();
        if (stopped.size() == processes.size()) {
            return (stopped.size() == 1 ? "It is stopped" : "They are stopped")
                    + " (state T): continue with kill -CONT "
                    + pids(stopped) + ".";
        }
        String look = "strace -p %d, gdb -p %d or /proc/%d/stack".formatted(first.pid(), first.pid(), first.pid());
        return switch (what) {
            case NOT_CLOSING -> "It should close what the other end has closed; " + look + ".";
            case SLOW_READING -> "See what it does between its reads: " + look + ".";
            default -> over ? "It is over. If it comes back, see what it does then: " + look + "."
                    : "See what it does instead: " + look + ".";
        };
    }

    private static String pids(List<Integer> pids) {
        return pids.stream().limit(MAX_PIDS).map(String::valueOf).collect(Collectors.joining(" "))
                + (pids.size() > MAX_PIDS ? " …" : "");
    }

    private Advice() {}
}
