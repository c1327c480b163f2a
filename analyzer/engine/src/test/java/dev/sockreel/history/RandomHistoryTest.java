package dev.sockreel.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.history.HistoryPoint.Gone;
import dev.sockreel.history.HistoryPoint.NotObserved;
import dev.sockreel.history.HistoryPoint.NotYet;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.RandomLives.Taken;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checks every point of histories of random lives by the rules; consecutive points differ. */
class RandomHistoryTest {
    private static final int STORIES = 150;
    private static final int SNAPSHOTS = 12;

    @Test
    void everyPointIsWhatTheRulesSay() {
        long seed = System.nanoTime();
        System.out.println("random histories: seed " + seed);
        Random random = new Random(seed);
        Map<RandomLives.Observation, Integer> met = new EnumMap<>(RandomLives.Observation.class);
        for (int i = 0; i < STORIES; i++) {
            RandomLives lives = new RandomLives(random, SNAPSHOTS, 6);
            compare(lives, met, "seed " + seed + ", story " + i + ": " + lives);
        }
        assertEquals(3, met.size(), met.toString());
    }

    private static void compare(RandomLives lives, Map<RandomLives.Observation, Integer> met, String which) {
        List<Snapshot> snapshots = lives.snapshots();
        HistoryRun run = HistoryRun.of(rows(snapshots));
        snapshots.forEach(run::add);
        List<SocketHistory> histories = run.finish();
        int expected = 0;
        for (int s = 0; s < lives.sockets; s++) {
            long cookie = RandomLives.cookie(s);
            List<SocketHistory> own = histories.stream().filter(h -> h.identity().cookie() == cookie).toList();
            assertEquals(lives.isEverListed(s) ? 1 : 0, own.size(), which);
            if (!own.isEmpty()) {
                expected++;
                compare(lives, s, own.getFirst(), met, which + ", socket " + s);
            }
        }
        long others = histories.stream().filter(h -> h.identity().cookie() < RandomLives.cookie(0)).count();
        assertEquals(expected, histories.size() - others, which);
    }

    private static List<SocketRow> rows(List<Snapshot> snapshots) {
        List<SocketRow> rows = new ArrayList<>();
        snapshots.forEach(s -> new SnapshotSockets(s).forEach(row -> rows.add(row.hold())));
        return rows;
    }

    private static void compare(
            RandomLives lives, int s, SocketHistory history, Map<RandomLives.Observation, Integer> met, String which) {
        int turn = 0;
        boolean seen = false;
        for (int i = 0; i < history.points().size(); i++) {
            HistoryPoint point = history.points().get(i);
            assertEquals(turn, point.first().turn(), which);
            assertEquals(point.last().turn() - turn + 1, point.snapshots(), which);
            for (; turn <= point.last().turn(); turn++) {
                RandomLives.Observation observation = lives.observation(s, turn);
                met.merge(observation, 1, Integer::sum);
                seen |= observation == RandomLives.Observation.SEEN;
                compare(lives, s, turn, point, seen, which + ", snapshot " + turn);
            }
            if (i > 0) {
                assertNotEquals(content(history.points().get(i - 1)), content(point), which);
            }
        }
        assertEquals(SNAPSHOTS, turn, which);
    }

    private static void compare(RandomLives lives, int s, int turn, HistoryPoint point, boolean seen, String which) {
        switch (lives.observation(s, turn)) {
            case SEEN -> {
                Reading reading = ((Seen) point).reading();
                assertEquals(lives.rqueue[s][turn], reading.unread(), which);
                assertEquals(lives.received[s][turn], reading.counters().of(TcpInfo.BYTES_RECEIVED).orElseThrow(),
                        which);
                assertEquals(lives.received[s][turn] - lives.rqueue[s][turn], reading.readPosition(), which);
            }
            case ABSENT -> assertTrue(seen ? point instanceof Gone : point instanceof NotYet, which + ": " + point);
            case NOT_OBSERVED -> {
                assertTrue(point instanceof NotObserved, which + ": " + point);
                assertEquals(verdict(lives.taken[turn]), ((NotObserved) point).why().verdict(), which);
            }
        }
    }

    private static DumpVerdict verdict(Taken taken) {
        return switch (taken) {
            case COMPLETE -> DumpVerdict.COMPLETE;
            case TORN -> DumpVerdict.INCONSISTENT;
            case UNFINISHED -> DumpVerdict.UNFINISHED;
            case MISSING -> DumpVerdict.UNAVAILABLE;
        };
    }

    /** Returns the part of a point that must differ from the next. */
    private static Object content(HistoryPoint point) {
        return switch (point) {
            case Seen p -> p.reading();
            case NotObserved p -> List.of("not observed", String.valueOf(p.why().verdict()));
            case Gone p -> "gone";
            case NotYet p -> "not yet";
        };
    }
}
