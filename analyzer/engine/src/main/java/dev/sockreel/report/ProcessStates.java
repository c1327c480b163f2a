package dev.sockreel.report;

import dev.sockreel.capture.record.ReceiveTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of a process over all snapshots, as the letters in /proc/PID/stat.
 *
 * @param pid     process id
 * @param comm    its name
 * @param columns for each column of the {@link Timeline}: letter → number of its snapshots
 * @param totals  for each letter, over all snapshots, the most frequent first, what is not recorded last
 */
public record ProcessStates(int pid, String comm, List<Map<String, Integer>> columns, List<Total> totals) {
    /** Stands for the letter in a snapshot that has not recorded the state of the process. */
    public static final String NOT_RECORDED = "";

    /**
     * The snapshots with one state.
     *
     * @param state the letter
     * @param first time of the first of them
     * @param last  time of the last of them
     */
    public record Total(String state, int snapshots, ReceiveTime first, ReceiveTime last) {
        boolean isRecorded() {
            return !state.equals(NOT_RECORDED);
        }

        Total and(Total next) {
            return new Total(state, snapshots + next.snapshots, first, next.last);
        }
    }

    public ProcessStates {
        columns = columns.stream().map(c -> Collections.unmodifiableMap(new LinkedHashMap<>(c))).toList();
        totals = List.copyOf(totals);
    }

    /** Returns whether any snapshot has recorded a state. */
    public boolean isRecorded() {
        return totals.stream().anyMatch(Total::isRecorded);
    }
}
