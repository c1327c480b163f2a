package dev.sockreel.cli.report;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.report.SnapshotSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tests the time axis of the snapshots. */
class TimeAxisViewTest {
    private static final long SECOND = 1_000_000_000L;
    /** 2026-11-28 19:13:16 UTC. */
    private static final long EPOCH = 1_795_893_196L * SECOND;

    private static List<SnapshotSummary> at(long... seconds) {
        List<SnapshotSummary> snapshots = new ArrayList<>();
        for (long second : seconds) {
            ReceiveTime time = new ReceiveTime(EPOCH + second * SECOND, second * SECOND);
            snapshots.add(new SnapshotSummary(0, snapshots.size(), "boot", time, time, false, List.of(), 0));
        }
        return snapshots;
    }

    private static TimeAxisView axis(long... seconds) {
        return requireNonNull(TimeAxisView.of(at(seconds)));
    }

    @Test
    void itHasFirstAndLastAndRoundTimes() {
        TimeAxisView axis = axis(0, 1, 2, 3, 4);
        assertEquals("5 snapshots in 4.0 s, without gaps", axis.words());
        assertEquals("2026-11-28 19:13:16.000", axis.first());
        assertEquals("2026-11-28 19:13:20.000", axis.last());
        assertEquals(
                List.of("19:13:16", "19:13:17", "19:13:18", "19:13:19", "19:13:20"),
                axis.ticks().stream().map(TimeScale.Tick::label).toList());
        assertEquals(
                List.of("0.000%", "25.000%", "50.000%", "75.000%", "100.000%"),
                axis.marks().stream().map(TimeAxisView.Mark::x).toList());
        assertEquals(List.of("start", "middle", "middle", "middle", "end"),
                axis.ticks().stream().map(TimeScale.Tick::anchor).toList());
    }

    /** Spans and gaps are those of the monotonic clock, places those of the realtime clock. */
    @Test
    void aClockThatIsSetMakesNoGap() {
        List<SnapshotSummary> snapshots = at(0, 1, 2, 3);
        for (long second : new long[] {4, 5}) {
            ReceiveTime back = new ReceiveTime(EPOCH + (second - 3600) * SECOND, second * SECOND);
            snapshots.add(new SnapshotSummary(0, snapshots.size(), "boot", back, back, false, List.of(), 0));
        }
        TimeAxisView axis = requireNonNull(TimeAxisView.of(snapshots));
        assertEquals("6 snapshots in 5.0 s, without gaps", axis.words());
        assertEquals("2026-11-28 18:13:20.000", axis.first());
        assertEquals("2026-11-28 19:13:19.000", axis.last());
    }

    @Test
    void aGapIsMarkedAndNamed() {
        TimeAxisView axis = axis(0, 1, 2, 12, 13, 20);
        assertEquals("6 snapshots in 20.0 s, 2 gaps", axis.words());
        assertEquals(
                List.of("10.000% 50.000%", "65.000% 35.000%"),
                axis.gaps().stream().map(g -> g.x() + " " + g.width()).toList());
        assertEquals("2026-11-28 19:13:18.000 to 2026-11-28 19:13:28.000 (10.0 s)", axis.gaps().getFirst().words());
    }

    @Test
    void ofManyGapsTheLongestAreShownInOrder() {
        List<Long> seconds = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 200; i++) {
            now += i % 5 == 0 ? 10 + i : 1;
            seconds.add(now);
        }
        TimeAxisView axis = axis(seconds.stream().mapToLong(Long::longValue).toArray());
        assertEquals(20, axis.gaps().size());
        assertEquals(19, axis.gapsLeft());
        assertTrue(axis.gaps().getFirst().words().compareTo(axis.gaps().getLast().words()) < 0);
    }

    @Test
    void whatCannotBeToldApartSharesAMark() {
        TimeAxisView axis = axis(LongStream.range(0, 100_000).toArray());
        assertTrue(axis.marks().size() <= 401, axis.marks().size() + " marks");
        assertTrue(axis.ticks().size() <= 6);
        assertTrue(axis.marks().get(1).title().startsWith("250 snapshots from "), axis.marks().get(1).title());
    }

    @Test
    void damageIsMarked() {
        List<SnapshotSummary> two = new ArrayList<>(at(0, 1));
        SnapshotSummary last = two.getLast();
        two.set(1, new SnapshotSummary(0, 1, "boot", last.begin(), null, false, List.of(), 0));
        TimeAxisView axis = requireNonNull(TimeAxisView.of(two));
        assertEquals(List.of("", "damaged"), axis.marks().stream().map(TimeAxisView.Mark::look).toList());
    }

    @Test
    void withoutTimesThereIsNoAxis() {
        assertNull(TimeAxisView.of(List.of()));
        assertNull(TimeAxisView.of(at(3)));
        assertNull(TimeAxisView.of(at(3, 3)));
        SnapshotSummary unknown = new SnapshotSummary(0, 9, "boot", ReceiveTime.NONE, null, false, List.of(), 0);
        assertNull(TimeAxisView.of(List.of(unknown, unknown)));
        List<SnapshotSummary> some = new ArrayList<>(at(0, 1));
        some.add(unknown);
        assertEquals("2 snapshots in 1.0 s, without gaps; the times of 1 are not known",
                requireNonNull(TimeAxisView.of(some)).words());
    }

    /** Whatever the span, there are a few ticks, at round times. */
    @Test
    void everySpanHasAFewTicks() {
        for (long span = 10_000_000L; span < 4_000L * 86_400 * SECOND; span = span * 13 / 10) {
            List<TimeScale.Tick> ticks = new TimeScale(EPOCH + 1, EPOCH + 1 + span).ticks();
            assertTrue(ticks.size() >= 1 && ticks.size() <= 6, ticks.size() + " ticks in " + span + " ns");
            assertEquals(ticks.size(), ticks.stream().map(TimeScale.Tick::label).distinct().count(), ticks.toString());
        }
    }
}
