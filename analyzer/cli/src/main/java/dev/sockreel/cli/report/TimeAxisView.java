package dev.sockreel.cli.report;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.render.Span;
import dev.sockreel.report.SnapshotSummary;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots on a time axis, drawn as SVG with lengths in percent.
 *
 * @param words    what the axis shows, as a sentence
 * @param first    time of the first snapshot
 * @param last     time of the last snapshot
 * @param marks    the snapshots; those too close to each other to be told apart share a mark
 * @param gaps     the longest spans without snapshots, in the order of time
 * @param gapsLeft number of the other gaps
 */
record TimeAxisView(
        String words, String first, String last, List<Mark> marks, List<Gap> gaps, int gapsLeft,
        List<TimeScale.Tick> ticks) {
    private static final int MAX_MARKS = 400;
    private static final int MAX_GAPS = 20;
    /** An interval is a gap if it is longer than this many usual ones. */
    private static final int GAP_INTERVALS = 2;

    /** @param look {@code damaged} or empty */
    record Mark(String x, String look, String title) {}

    record Gap(String x, String width, String words) {}

    private record Interval(ReceiveTime from, ReceiveTime to, long ns) {
        static Interval of(SnapshotSummary from, SnapshotSummary to) {
            return new Interval(from.begin(), to.begin(), to.nanosSince(from, to.begin()));
        }

        Gap on(TimeScale scale) {
            double x = scale.position(from.realtimeNs());
            return new Gap(
                    TimeScale.percent(x), TimeScale.percent(Math.max(0, scale.position(to.realtimeNs()) - x)),
                    PageTime.full(from) + " to " + PageTime.full(to) + " (" + Span.text(ns()) + ")");
        }
    }

    /** Returns the axis; null if less than two times are known. */
    static @Nullable TimeAxisView of(List<SnapshotSummary> snapshots) {
        List<SnapshotSummary> inOrder = snapshots.stream().filter(s -> s.begin().isKnown()).toList();
        // The realtime clock may have been set back.
        List<SnapshotSummary> timed = inOrder.stream()
                .sorted(Comparator.comparingLong(s -> s.begin().realtimeNs()))
                .toList();
        if (timed.size() < 2 || begin(timed.getFirst()) == begin(timed.getLast())) {
            return null;
        }
        TimeScale scale = new TimeScale(begin(timed.getFirst()), begin(timed.getLast()));
        List<Interval> gaps = gaps(inOrder);
        List<Interval> longest = gaps.stream()
                .sorted(Comparator.comparingLong(Interval::ns).reversed())
                .limit(MAX_GAPS)
                .sorted(Comparator.comparingLong(i -> i.from().realtimeNs()))
                .toList();
        String missing = timed.size() == snapshots.size() ? ""
                : "; the times of " + (snapshots.size() - timed.size()) + " are not known";
        return new TimeAxisView(
                Counted.of(timed.size(), "snapshot") + " in " + span(inOrder) + ", "
                        + (gaps.isEmpty() ? "without gaps" : Counted.of(gaps.size(), "gap")) + missing,
                PageTime.full(timed.getFirst().begin()), PageTime.full(timed.getLast().begin()),
                marks(timed, scale), longest.stream().map(i -> i.on(scale)).toList(), gaps.size() - longest.size(),
                scale.ticks());
    }

    private static String span(List<SnapshotSummary> inOrder) {
        SnapshotSummary last = inOrder.getLast();
        return Span.text(last.nanosSince(inOrder.getFirst(), last.begin()));
    }

    private static long begin(SnapshotSummary snapshot) {
        return snapshot.begin().realtimeNs();
    }

    private static List<Interval> gaps(List<SnapshotSummary> timed) {
        List<Interval> all = new ArrayList<>();
        for (int i = 1; i < timed.size(); i++) {
            all.add(Interval.of(timed.get(i - 1), timed.get(i)));
        }
        long usual = all.stream().mapToLong(Interval::ns).sorted().skip((all.size() - 1) / 2).findFirst().orElseThrow();
        return all.stream().filter(i -> i.ns() > GAP_INTERVALS * usual).toList();
    }

    private static List<Mark> marks(List<SnapshotSummary> timed, TimeScale scale) {
        List<Mark> marks = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= timed.size(); i++) {
            if (i == timed.size() || slot(scale, timed.get(from)) != slot(scale, timed.get(i))) {
                marks.add(mark(timed.subList(from, i), scale));
                from = i;
            }
        }
        return marks;
    }

    private static long slot(TimeScale scale, SnapshotSummary snapshot) {
        return Math.round(scale.position(begin(snapshot)) / 100 * MAX_MARKS);
    }

    private static Mark mark(List<SnapshotSummary> some, TimeScale scale) {
        SnapshotSummary first = some.getFirst();
        boolean damaged = some.stream().anyMatch(s -> s.damaged() || s.end() == null);
        String title = (some.size() == 1 ? "snapshot " + first.index()
                : Counted.of(some.size(), "snapshot") + " from " + first.index() + " on")
                + ", " + PageTime.full(first.begin()) + (damaged ? ", damaged or unfinished" : "");
        return new Mark(scale.x(begin(first)), damaged ? "damaged" : "", title);
    }

    boolean hasGaps() {
        return !gaps.isEmpty();
    }

    boolean hasMoreGaps() {
        return gapsLeft > 0;
    }
}
