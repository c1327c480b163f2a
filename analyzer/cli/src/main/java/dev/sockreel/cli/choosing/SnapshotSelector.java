package dev.sockreel.cli.choosing;

import dev.sockreel.capture.SnapshotEntry;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Selects one snapshot in one pass over a capture: by number, by time, or the first or last complete one. */
public final class SnapshotSelector {
    /** Number and begin of a snapshot; the begin in nanoseconds since 1970 or {@link ReceiveTime#UNKNOWN}. */
    private record Moment(int number, long beginNs) {}

    /** Decides whether a snapshot replaces the one selected so far. */
    private interface Rule {
        /** @param selected null while there is none */
        boolean takes(Snapshot s, @Nullable Moment selected);
    }

    /** The dumps that should be complete in a snapshot. */
    @FunctionalInterface
    public interface Wanted {
        Predicate<Dump> in(Snapshot snapshot);
    }

    /** Snapshots to look at, by their index in a list. */
    record Reach(int from, int to) {}

    /** Says where in a list the snapshots stand that decide. */
    private interface Guess {
        /** Returns where to look, and then where to look if that does not settle it; none where only all tell. */
        List<Reach> in(List<SnapshotEntry> all);
    }

    /** How many snapshots at an end of a capture are looked at for a complete one, before all are. */
    private static final int LOOKED_AT = 8;

    private final Rule rule;
    /** Noun for what the capture may not have. */
    private final String wanted;
    /** Accepts the selected snapshot once the span of the whole capture is known. */
    private final BiPredicate<Moment, CapturedSpan> accepts;
    private final CapturedSpan span = new CapturedSpan();
    /** A line for people on how a TIME was read that left its date or zone open; null for none. */
    private final @Nullable String reading;
    private final Guess guess;
    /** Whether no snapshot outside of what was looked at can be selected instead. */
    private final BooleanSupplier settled;
    private @Nullable Moment selected;

    private SnapshotSelector(Rule rule, String wanted, BiPredicate<Moment, CapturedSpan> accepts,
            @Nullable String reading, ToIntFunction<List<SnapshotEntry>> index) {
        this(rule, wanted, accepts, reading, all -> reach(index.applyAsInt(all)), () -> true);
    }

    private SnapshotSelector(Rule rule, String wanted, BiPredicate<Moment, CapturedSpan> accepts,
            @Nullable String reading, Guess guess, BooleanSupplier settled) {
        this.guess = guess;
        this.settled = settled;
        this.reading = reading;
        this.rule = rule;
        this.wanted = wanted;
        this.accepts = accepts;
    }

    /** @throws IllegalArgumentException if the number is negative */
    public static SnapshotSelector numbered(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("there is no snapshot " + number + ": they are counted from 0");
        }
        return new SnapshotSelector((s, selected) -> s.index() == number, "snapshot " + number, (m, span) -> true,
                null, all -> {
                    int i = lastUpTo(all, SnapshotEntry::number, number);
                    return i >= 0 && all.get(i).number() == number ? i : -1;
                });
    }

    private static List<Reach> reach(int index) {
        return index < 0 ? List.of() : List.of(new Reach(index, index));
    }

    /** Returns the index of the last snapshot whose ascending value is not above a limit; -1 for none. */
    static int lastUpTo(List<SnapshotEntry> all, ToLongFunction<SnapshotEntry> value, long limit) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (value.applyAsLong(all.get(middle)) <= limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /**
     * Returns a selector for the last snapshot that began at or before a time within the capture.
     *
     * @param text     see {@link SnapshotTime}
     * @param captured the times of the capture
     * @param times    the zone in which it is read
     * @throws IllegalArgumentException if the text is not a time
     */
    static SnapshotSelector at(String text, CaptureTimes captured, ShownTimes times) {
        SnapshotTime.Parsed time = captured.parse(text, times.reading());
        long atNs = time.ns();
        boolean isExact = text.length() > 1 && Character.isDigit(text.charAt(0)) && time.reading() == null;
        return new SnapshotSelector(
                (s, selected) -> s.begin().isKnown()
                        && s.begin().realtimeNs() <= atNs
                        && (selected == null || s.begin().realtimeNs() >= selected.beginNs()),
                "snapshot at " + text + (isExact ? "" : " (" + Rfc3339.of(atNs) + ")"),
                (m, span) -> span.includes(atNs), line(text, time),
                all -> captured.includes(atNs) ? lastUpTo(all, SnapshotEntry::beginNs, atNs) : -1);
    }

    /**
     * Returns a selector by number or, if the text is not a number, by time. Outside the capture, its first or last
     * snapshot is selected.
     *
     * @param captured returns the times of the capture; null where they are not known, nor is then the selector
     * @throws IllegalArgumentException if the text is not a time
     */
    public static @Nullable SnapshotSelector nearest(String text, CaptureTimes.Source captured, ShownTimes times)
            throws IOException {
        if (SnapshotRange.NUMBER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            return new SnapshotSelector(
                    (s, selected) -> isNearer(s.index(), selected == null ? null : (long) selected.number(), number),
                    "snapshot " + number,
                    (m, span) -> m.number() == number || !span.includes(number), null,
                    all -> nearest(all, number));
        }
        CaptureTimes known = captured.get();
        if (known == null) {
            return null;
        }
        SnapshotTime.Parsed time = known.parse(text, times.reading());
        long atNs = time.ns();
        return new SnapshotSelector(
                (s, selected) -> s.begin().isKnown()
                        && isNearer(s.begin().realtimeNs(), selected == null ? null : selected.beginNs(), atNs),
                "snapshot with a time", (m, span) -> true, line(text, time),
                all -> Math.max(0, lastUpTo(all, SnapshotEntry::beginNs, atNs)));
    }

    private static int nearest(List<SnapshotEntry> all, int number) {
        int i = lastUpTo(all, SnapshotEntry::number, number);
        boolean isThere = i >= 0 && all.get(i).number() == number;
        return isThere || i == all.size() - 1 ? i : i < 0 ? 0 : -1;
    }

    /** Prefers the last value at or before {@code wanted}, else the lowest. */
    private static boolean isNearer(long value, @Nullable Long selected, long wanted) {
        if (selected == null) {
            return true;
        }
        return selected <= wanted ? value <= wanted && value >= selected : value < selected;
    }

    /**
     * Returns a selector for the last snapshot in which the wanted dumps are complete; if there is none, the last with
     * any of them; if there is none, the last.
     */
    public static SnapshotSelector lastComplete(Wanted wanted) {
        int[] best = {0};
        return new SnapshotSelector((s, selected) -> {
            int rank = isComplete(s, wanted.in(s)) ? 2 : s.dumps().stream().anyMatch(wanted.in(s)) ? 1 : 0;
            boolean takes = rank >= best[0];
            best[0] = Math.max(best[0], rank);
            return takes;
        }, "snapshot", (m, span) -> true, null,
                all -> List.of(new Reach(all.size() - 1, all.size() - 1),
                        new Reach(Math.max(0, all.size() - LOOKED_AT), all.size() - 1)),
                () -> best[0] == 2);
    }

    /** Returns a selector for the first snapshot in which the wanted dumps are complete, or else the first. */
    public static SnapshotSelector firstComplete(Wanted wanted) {
        boolean[] complete = new boolean[1];
        return new SnapshotSelector((s, selected) -> {
            boolean now = isComplete(s, wanted.in(s));
            boolean takes = selected == null || (now && !complete[0]);
            complete[0] |= now;
            return takes;
        }, "snapshot", (m, span) -> true, null,
                all -> List.of(new Reach(0, 0), new Reach(0, Math.min(LOOKED_AT, all.size()) - 1)),
                () -> complete[0]);
    }

    /** Returns where to look in a list for the snapshot; the next place when the one before did not settle it. */
    List<Reach> reaches(List<SnapshotEntry> all) {
        return guess.in(all);
    }

    /** Returns whether no snapshot outside of the place that was looked at can be selected instead. */
    boolean isSettled() {
        return selected != null && settled.getAsBoolean();
    }

    /** Offers the next snapshot, in order. Returns true if it is the selected one so far. */
    public boolean takes(Snapshot s) {
        span.add(s);
        boolean takes = rule.takes(s, selected);
        if (takes) {
            selected = new Moment(s.index(), s.begin().realtimeNs());
        }
        return takes;
    }

    /**
     * Checks, when all snapshots were offered, that the capture has what was asked for.
     *
     * @throws IOException if it does not; the message states the captured span
     */
    public void check(Path file) throws IOException {
        if (span.isEmpty()) {
            throw new IOException(file + " has no snapshots");
        }
        if (selected == null || !accepts.test(selected, span)) {
            throw new IOException(file + " has no " + wanted + ": it has " + span);
        }
    }

    private static boolean isComplete(Snapshot s, Predicate<Dump> wanted) {
        List<Dump> dumps = s.dumps().stream().filter(wanted).toList();
        return s.isFinished()
                && dumps.stream().anyMatch(Dump::isComplete)
                && dumps.stream().allMatch(d -> d.isComplete() || d.verdict() == DumpVerdict.UNAVAILABLE);
    }

    private static @Nullable String line(String text, SnapshotTime.Parsed time) {
        return time.reading() == null ? null : text + " read as " + time.reading();
    }

    /** Returns {@code 13:37 read as 2026-11-29T13:37:00Z (UTC)} of a TIME that left date or zone open, else null. */
    public @Nullable String reading() {
        return reading;
    }
}
