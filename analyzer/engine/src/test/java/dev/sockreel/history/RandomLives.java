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
 * Random TCP sockets over random snapshots, with a second implementation of the rules of absence over plain arrays. A
 * socket exists in a range of snapshots; a dump lists all existing sockets or some of them.
 */
public final class RandomLives {
    /** The outcome of a snapshot's dump. */
    public enum Taken {
        /** The dump lists all sockets. */
        COMPLETE,
        /** The dump is whole, but lists one socket twice and lacks others. */
        TORN,
        /** The dump has no end; sockets are missing. */
        UNFINISHED,
        /** There is no handler. */
        MISSING
    }

    /** The right statement about a socket in a snapshot. */
    public enum Observation {
        SEEN,
        ABSENT,
        NOT_OBSERVED
    }

    public final Taken[] taken;
    public final int sockets;
    /** True where the dump lists a socket, by socket and snapshot; the next two fields are the numbers it shows. */
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
        return 1000L + socket;
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
                // A different socket each time: one that is missing in between would make that dump inconsistent.
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
     * Applies the rules. A socket is seen if listed; it is absent if a complete dump, or two whole dumps in a row, do
     * not list it; otherwise it is not observed, as when one of the two dumps before and one of the two after list it.
     */
    public Observation observation(int s, int t) {
        if (listed[s][t]) {
            return Observation.SEEN;
        }
        boolean whole = taken[t] == Taken.COMPLETE || taken[t] == Taken.TORN;
        if (whole && listedBetween(s, t - 2, t) && listedBetween(s, t + 1, t + 3)) {
            return Observation.NOT_OBSERVED;
        }
        boolean wholeBefore = t > 0 && (taken[t - 1] == Taken.COMPLETE || taken[t - 1] == Taken.TORN);
        boolean absent = taken[t] == Taken.COMPLETE || (whole && wholeBefore && !listed[s][t - 1]);
        return absent ? Observation.ABSENT : Observation.NOT_OBSERVED;
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
