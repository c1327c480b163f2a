package dev.sockreel.cli.report;

import dev.sockreel.report.ProcessStates;
import dev.sockreel.report.SnapshotSummary;
import dev.sockreel.report.Timeline;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The states of one process over all snapshots: a strip, drawn as SVG with lengths in percent, and its legend.
 *
 * @param process name and pid
 * @param words   the legend as one sentence
 * @param runs    consecutive columns that show the same, in the order of time
 * @param from    time of the first snapshot
 * @param to      time of the last snapshot
 */
record StatesView(String process, String words, List<Run> runs, List<Legend> legend, String from, String to) {
    /** Width of the narrowest run that has room for its letter, in percent. */
    private static final double MIN_LABELLED = 2.4;
    /** Columns up to which each is drawn by itself. */
    private static final int MAX_SINGLE = 40;

    /**
     * Consecutive columns.
     *
     * @param look   class that colours it
     * @param x      left edge
     * @param middle where its letter stands
     * @param letter of the state; empty where there is no room
     * @param title  the snapshots, their times and the state in words
     */
    record Run(String look, String x, String width, String middle, String letter, String title) {}

    record Legend(String look, String letter, String words) {}

    static StatesView of(ProcessStates states, List<Timeline.Column> columns, List<SnapshotSummary> snapshots) {
        List<Legend> legend = states.totals().stream().map(t -> legend(t, snapshots.size())).toList();
        return new StatesView(
                states.comm() + " (pid " + states.pid() + ")",
                legend.stream().map(l -> l.letter() + " " + l.words()).collect(Collectors.joining("; ")),
                runs(states, columns, snapshots), legend,
                PageTime.clock(snapshots.getFirst().begin()), PageTime.clock(snapshots.getLast().begin()));
    }

    private static List<Run> runs(
            ProcessStates states, List<Timeline.Column> columns, List<SnapshotSummary> snapshots) {
        List<Run> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= states.columns().size(); i++) {
            if (i == states.columns().size() || !isJoined(states.columns(), from, i)) {
                runs.add(run(states, columns, snapshots, from, i));
                from = i;
            }
        }
        return runs;
    }

    private static boolean isJoined(List<Map<String, Integer>> columns, int from, int next) {
        return columns.size() > MAX_SINGLE && isLike(columns.get(from), columns.get(next));
    }

    private static boolean isLike(Map<String, Integer> a, Map<String, Integer> b) {
        return a.size() == 1 && a.keySet().equals(b.keySet());
    }

    /** @param to index of the column after the run */
    private static Run run(
            ProcessStates states, List<Timeline.Column> columns, List<SnapshotSummary> snapshots, int from, int to) {
        Map<String, Integer> held = states.columns().get(from);
        String state = mostFrequent(held);
        double share = 100.0 / states.columns().size();
        boolean hasRoom = share * (to - from) >= MIN_LABELLED;
        int first = columns.get(from).first();
        int last = columns.get(to - 1).last();
        String time = PageTime.clock(snapshots.get(first).begin());
        String when = first == last ? "snapshot " + first + ", " + time
                : "snapshots " + first + " to " + last + ", " + time + " to "
                        + PageTime.clock(snapshots.get(last).begin());
        String what = held.size() == 1 ? meaning(state)
                : held.entrySet().stream().map(e -> e.getValue() + " × " + meaning(e.getKey()))
                        .collect(Collectors.joining(", "));
        return new Run(
                look(state), TimeScale.percent(share * from), TimeScale.percent(share * (to - from)),
                TimeScale.percent(share * (from + to) / 2),
                hasRoom ? letter(state) : "", when + ": " + what);
    }

    /** A stopped process matters more than how often it was seen so. */
    private static String mostFrequent(Map<String, Integer> held) {
        return held.containsKey("T") ? "T"
                : held.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }

    private static Legend legend(ProcessStates.Total total, int snapshots) {
        boolean always = total.snapshots() == snapshots;
        String from = PageTime.clock(total.first());
        String to = PageTime.clock(total.last());
        String when =
                always || !total.first().isKnown() ? "" : from.equals(to) ? ", at " + from : ", " + from + " to " + to;
        return new Legend(
                look(total.state()), letter(total.state()),
                meaning(total.state()) + ": " + (always && snapshots > 1 ? "all " : total.snapshots() + " of ")
                        + Counted.of(snapshots, "snapshot") + when);
    }

    private static String letter(String state) {
        return state.equals(ProcessStates.NOT_RECORDED) ? "?" : state;
    }

    private static String look(String state) {
        return switch (state) {
            case "R" -> "running";
            case "S", "I" -> "sleeping";
            case "D" -> "disk";
            case "T", "t" -> "stopped";
            case "Z", "X", "x" -> "ended";
            default -> "unrecorded";
        };
    }

    /** Returns the meaning of a letter in /proc/PID/stat (proc(5)). */
    private static String meaning(String state) {
        return switch (state) {
            case "R" -> "running or ready to run";
            case "S" -> "sleeping, waits for something";
            case "D" -> "in a wait that no signal ends, mostly for a disk";
            case "T" -> "stopped by a signal";
            case "t" -> "stopped by a debugger";
            case "Z" -> "ended, but not yet waited for by its parent";
            case "X", "x" -> "dead";
            case "I" -> "idle";
            case ProcessStates.NOT_RECORDED -> "not recorded, or not running";
            default -> "state " + state;
        };
    }
}
