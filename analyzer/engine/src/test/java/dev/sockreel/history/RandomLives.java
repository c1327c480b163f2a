package dev.sockreel.history;

import dev.sockreel.detector.Story;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Random tcp sockets over random snapshots, and what may be said of each: the rules of absence once more, over plain
 * arrays. A socket lives through a run of snapshots; a dump lists all that live, or some of them.
 */
public final class RandomLives {
    /** What became of a snapshot's dump. */
    public enum Taken {
        /** Lists all. */
        COMPLETE,
        /** Arrived whole, but lists a socket twice; others are missing. */
        TORN,
        /** Not come to its end; others are missing. */
        UNFINISHED,
        /** No handler. */
        MISSING
    }

    /** What may be said of a socket in a snapshot. */
    public enum Said {
        SEEN, ABSENT, NOT_OBSERVED
    }

    public final Taken[] taken;
    public final int sockets;
    /** By socket and snapshot: whether the dump lists it, and the numbers it then shows. */
    public final boolean[][] listed;
    public final long[][] rqueue;
    public final long[][] received;
    private final long[][] age;

    public RandomLives(Random random, int snapshots, int sockets) {
        this.sockets = sockets;
        taken = new Taken[snapshots];
        for (int t = 0; t < snapshots; t++) {
            taken[t] = random.nextInt(3) > 0 ? Taken.COMPLETE : Taken.values()[random.nextInt(Taken.values().length)];
        }
        listed = new boolean[sockets][snapshots];
        rqueue = new long[sockets][snapshots];
        received = new long[sockets][snapshots];
        age = new long[sockets][snapshots];
        for (int s = 0; s < sockets; s++) {
            live(random, s, snapshots);
        }
    }

    private void live(Random random, int s, int snapshots) {
        int born = random.nextInt(snapshots);
        int died = born + 1 + random.nextInt(snapshots - born);
        long queue = 0;
        long counter = 0;
        for (int t = born; t < died; t++) {
            if (random.nextBoolean()) {
                long arrived = random.nextInt(100);
                counter += arrived;
                queue = random.nextInt((int) (queue + arrived + 1));
            }
            rqueue[s][t] = queue;
            received[s][t] = counter;
            age[s][t] = random.nextInt(10_000);
            listed[s][t] = switch (taken[t]) {
                case COMPLETE -> true;
                case TORN, UNFINISHED -> random.nextInt(4) > 0;
                case MISSING -> false;
            };
        }
    }

    public static long cookie(int socket) {
        return 1000 + socket;
    }

    public List<Snapshot> snapshots() {
        Story story = Story.begin();
        for (int t = 0; t < taken.length; t++) {
            List<InetDiagMsgBuilder> rows = new ArrayList<>();
            for (int s = 0; s < sockets; s++) {
                if (listed[s][t]) {
                    rows.add(row(s, t));
                }
            }
            if (taken[t] == Taken.TORN) {
                // another one each time: one that is missing in between would make that dump inconsistent
                InetDiagMsgBuilder twice =
                        Story.tcp(0, 0).local("10.0.0.9", 9).remote("10.0.0.8", 8).cookie(1 + t).inode(1 + t);
                rows.add(twice);
                rows.add(twice);
            }
            InetDiagMsgBuilder[] all = rows.toArray(InetDiagMsgBuilder[]::new);
            story.at(t);
            switch (taken[t]) {
                case COMPLETE, TORN -> story.tcp(all);
                case UNFINISHED -> story.tcpUnfinished(all);
                case MISSING -> story.tcpMissing();
            }
        }
        return story.snapshots();
    }

    private InetDiagMsgBuilder row(int s, int t) {
        return InetDiagMsgBuilder.in(Story.ORDER)
                .local("10.0.0.1", 80)
                .remote("10.0.0.2", 5000 + s)
                .cookie(cookie(s))
                .inode(100 + s)
                .queues(rqueue[s][t], 0)
                .info(TcpInfoBuilder.ofLength(232)
                        .set("tcpi_bytes_received", received[s][t])
                        .set("tcpi_last_data_recv", age[s][t]));
    }

    /**
     * The rules: listed; or a complete dump does not list it, or two in a row that arrived whole; or nothing is known, as
     * it is when one of the two dumps before and one of the two behind list it.
     */
    public Said said(int s, int t) {
        if (listed[s][t]) {
            return Said.SEEN;
        }
        boolean whole = taken[t] == Taken.COMPLETE || taken[t] == Taken.TORN;
        if (whole && listedBetween(s, t - 2, t) && listedBetween(s, t + 1, t + 3)) {
            return Said.NOT_OBSERVED;
        }
        boolean wholeBefore = t > 0 && (taken[t - 1] == Taken.COMPLETE || taken[t - 1] == Taken.TORN);
        boolean absent = taken[t] == Taken.COMPLETE || (whole && wholeBefore && !listed[s][t - 1]);
        return absent ? Said.ABSENT : Said.NOT_OBSERVED;
    }

    private boolean listedBetween(int s, int from, int to) {
        for (int t = Math.max(0, from); t < Math.min(to, taken.length); t++) {
            if (listed[s][t]) {
                return true;
            }
        }
        return false;
    }

    public boolean isEverListed(int s) {
        for (boolean b : listed[s]) {
            if (b) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return Arrays.toString(taken);
    }
}
