package dev.sockreel.cli.choosing;

import dev.sockreel.capture.GroupEntry;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Selects one snapshot in one pass over a capture: by number, by time, or the first or last complete one. */
public final class SnapshotSelector {
    /** Decides whether a snapshot replaces the one selected so far. */
    private interface Rule {
        boolean takes(Snapshot s, boolean isFirst);
    }

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Rule rule;
    /** Message when nothing was selected; the number of the last snapshot is appended. */
    private final String missingMessage;
    private int last = -1;

    private SnapshotSelector(Rule rule, String missingMessage) {
        this.rule = rule;
        this.missingMessage = missingMessage;
    }

    public static SnapshotSelector numbered(int number) {
        return new SnapshotSelector((s, isFirst) -> s.index() == number,
                "there is no snapshot " + number + ": the last snapshot is ");
    }

    /**
     * Returns a selector for the last snapshot that began at or before a time.
     *
     * @param text see {@link SnapshotTime}
     * @throws IllegalArgumentException if the capture has no times or the text is not a time
     */
    public static SnapshotSelector at(String text, SnapshotReader reader) throws IOException {
        long atNs = time(reader, text);
        return new SnapshotSelector(
                (s, isFirst) -> s.begin().realtimeNs() <= atNs,
                "no snapshot started at or before " + text + "; the last snapshot is ");
    }

    /** Returns a selector by number or, if the text is not a number, by time. */
    public static SnapshotSelector of(String text, SnapshotReader reader) throws IOException {
        return NUMBER.matcher(text).matches() ? numbered(Integer.parseInt(text)) : at(text, reader);
    }

    /**
     * Returns a selector for the last snapshot in which the wanted dumps are complete; if there is none, the last with
     * any of them; if there is none, the last.
     */
    public static SnapshotSelector lastComplete(Predicate<Dump> wanted) {
        int[] best = {0};
        return new SnapshotSelector((s, isFirst) -> {
            int rank = isComplete(s, wanted) ? 2 : s.dumps().stream().anyMatch(wanted) ? 1 : 0;
            boolean takes = rank >= best[0];
            best[0] = Math.max(best[0], rank);
            return takes;
        }, "");
    }

    /** Returns a selector for the first snapshot in which the wanted dumps are complete, or else the first. */
    public static SnapshotSelector firstComplete(Predicate<Dump> wanted) {
        boolean[] complete = new boolean[1];
        return new SnapshotSelector((s, isFirst) -> {
            boolean now = isComplete(s, wanted);
            boolean takes = isFirst || (now && !complete[0]);
            complete[0] |= now;
            return takes;
        }, "");
    }

    /** Offers the next snapshot, in order. Returns true if it is the selected one so far. */
    public boolean takes(Snapshot s) {
        boolean takes = rule.takes(s, last < 0);
        last = s.index();
        return takes;
    }

    /** Returns the error message for when all snapshots were offered and none was selected. */
    public String noneMessage(SnapshotReader reader) {
        return last < 0 ? reader.capture().path() + " has no snapshots" : missingMessage + last;
    }

    private static boolean isComplete(Snapshot s, Predicate<Dump> wanted) {
        List<Dump> dumps = s.dumps().stream().filter(wanted).toList();
        return s.isFinished()
                && dumps.stream().anyMatch(Dump::isComplete)
                && dumps.stream().allMatch(d -> d.isComplete() || d.verdict() == DumpVerdict.UNAVAILABLE);
    }

    private static long time(SnapshotReader reader, String text) throws IOException {
        List<GroupEntry> groups = reader.capture().groups().stream()
                .filter(g -> g.realtimeNs() != ReceiveTime.UNKNOWN)
                .toList();
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("the capture has no times: choose a snapshot by its number");
        }
        long first = groups.stream().mapToLong(GroupEntry::realtimeNs).min().orElseThrow();
        long last = groups.stream().mapToLong(GroupEntry::realtimeNs).max().orElseThrow();
        return SnapshotTime.parse(text, first, last);
    }
}
