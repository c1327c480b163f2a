package dev.sockreel.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.history.RandomLives.Observation;
import dev.sockreel.history.RandomLives;
import dev.sockreel.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Compares every pair of snapshots of random lives with the rules: appeared, gone, not observed, changed. */
class RandomDiffTest {
    private static final int STORIES = 60;
    private static final int SNAPSHOTS = 7;
    private static final int SOCKETS = 8;

    @Test
    void everyPairIsWhatTheRulesSay() {
        long seed = System.nanoTime();
        System.out.println("random differences: seed " + seed);
        Random random = new Random(seed);
        int[] met = new int[4];
        for (int i = 0; i < STORIES; i++) {
            RandomLives lives = new RandomLives(random, SNAPSHOTS, SOCKETS);
            List<Snapshot> snapshots = lives.snapshots();
            for (int from = 0; from < SNAPSHOTS; from++) {
                for (int to = from + 1; to < SNAPSHOTS; to++) {
                    compare(lives, snapshots, from, to, met,
                            "seed " + seed + ", story " + i + ": " + lives + ", " + from + " to " + to);
                }
            }
        }
        for (int kind : met) {
            assertEquals(true, kind > 0, "each kind of difference is met");
        }
    }

    private static void compare(
            RandomLives lives, List<Snapshot> snapshots, int from, int to, int[] met, String which) {
        Set<Long> appeared = new TreeSet<>();
        Set<Long> gone = new TreeSet<>();
        Set<Long> unseen = new TreeSet<>();
        Compared found = Compared.of(snapshots, from, to, false);
        for (int s = 0; s < lives.sockets; s++) {
            long cookie = RandomLives.cookie(s);
            Observation before = lives.observation(s, from);
            Observation after = lives.observation(s, to);
            if (before == Observation.SEEN && after == Observation.SEEN) {
                assertEquals(changes(lives, s, from, to), fields(found, cookie), which + ", socket " + s);
                met[3]++;
            } else if (before == Observation.SEEN) {
                (after == Observation.ABSENT ? gone : unseen).add(cookie);
            } else if (after == Observation.SEEN) {
                (before == Observation.ABSENT ? appeared : unseen).add(cookie);
            }
        }
        assertEquals(appeared, own(found.appeared), which);
        assertEquals(gone, own(found.gone), which);
        Set<Long> reported = own(found.notObservedInFrom.keySet());
        reported.addAll(own(found.notObservedInTo.keySet()));
        assertEquals(unseen, reported, which);
        met[0] += appeared.size();
        met[1] += gone.size();
        met[2] += unseen.size();
    }

    /** Removes the sockets that make a dump torn. */
    private static Set<Long> own(Set<Long> cookies) {
        Set<Long> own = new TreeSet<>(cookies);
        own.removeIf(c -> c < RandomLives.cookie(0));
        return own;
    }

    private static Set<String> fields(Compared found, long cookie) {
        return found.changed.getOrDefault(cookie, Map.of()).keySet();
    }

    private static Set<String> changes(RandomLives lives, int s, int from, int to) {
        Set<String> fields = new TreeSet<>();
        if (lives.rqueue[s][from] != lives.rqueue[s][to]) {
            fields.add("recvQ");
            fields.add("unread");
        }
        if (lives.rqueue[s][from] > 0 != lives.rqueue[s][to] > 0) {
            fields.add("waiting");
        }
        if (lives.received[s][from] != lives.received[s][to]) {
            fields.add("attributes.INET_DIAG_INFO.tcpi_bytes_received");
        }
        return fields;
    }
}
