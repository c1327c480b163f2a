package dev.sockreel.detector;

import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A simulated TCP socket: its events between snapshots, its row in the kernel's table, and the truth at each snapshot.
 * Numbers are computed as in the kernel: a FIN counts one in both counters.
 */
final class SocketLife {
    /** The behaviour of its application. */
    enum Reader {
        NEVER,
        ALL,
        HALF,
        ONE_BYTE,
        ALL_UNTIL_THE_THIRD,
        NOTHING_UNTIL_THE_THIRD
    }

    /**
     * The truth at one snapshot.
     *
     * @param read   number of bytes the application has read
     * @param unread number of bytes it could read
     * @param acked  number of its own bytes that the other end has acknowledged
     */
    record Truth(boolean exists, boolean accepted, boolean finArrived, long read, long unread, long acked,
            long unacked) {}

    private final Random random;
    private final Reader reader;
    private final long cookie;
    private final int bornAt;
    private final int acceptedAt;
    private final int finAt;
    private final int goneAt;
    private final boolean arrives;
    private final boolean peerAcks;
    private long received;
    private long read;
    private long sent;
    private long acked;
    private boolean fin;
    private boolean finRead;
    private final List<Truth> truth = new ArrayList<>();

    SocketLife(Random random, long cookie, int snapshots) {
        this.random = random;
        this.cookie = cookie;
        this.reader = Reader.values()[random.nextInt(Reader.values().length)];
        this.bornAt = random.nextInt(4) == 0 ? random.nextInt(snapshots) : 0;
        this.acceptedAt = bornAt + (random.nextInt(5) == 0 ? random.nextInt(snapshots) : 0);
        this.finAt = random.nextInt(4) == 0 ? random.nextInt(snapshots) : Integer.MAX_VALUE;
        this.goneAt = random.nextInt(4) == 0 ? bornAt + 1 + random.nextInt(snapshots) : Integer.MAX_VALUE;
        this.arrives = random.nextBoolean();
        this.peerAcks = random.nextBoolean();
        this.received = random.nextInt(3) * 100L;
        this.sent = random.nextInt(3) * 50L;
    }

    long cookie() {
        return cookie;
    }

    /** Returns true if nothing arrives, so that no dump shows a position that is too high. */
    boolean isQuiet() {
        return !arrives;
    }

    List<Truth> truth() {
        return truth;
    }

    /** Simulates the time before the snapshot. */
    void live(int snapshot) {
        if (snapshot < bornAt || snapshot >= goneAt) {
            return;
        }
        if (arrives && !fin && random.nextInt(3) > 0) {
            received += 1 + random.nextInt(1000);
        }
        if (snapshot >= acceptedAt) {
            long some = switch (reader) {
                case NEVER -> 0;
                case ALL -> received - read;
                case HALF -> (received - read) / 2;
                case ONE_BYTE -> Math.min(1, received - read);
                case ALL_UNTIL_THE_THIRD -> snapshot < 3 ? received - read : 0;
                case NOTHING_UNTIL_THE_THIRD -> snapshot < 3 ? 0 : received - read;
            };
            read += some;
            finRead |= fin && read == received && some > 0;
            sent += random.nextInt(2) * 10L;
        }
        fin |= snapshot >= finAt;
        if (peerAcks) {
            acked = sent;
        }
    }

    private boolean exists(int snapshot) {
        return snapshot >= bornAt && snapshot < goneAt;
    }

    /** Returns its row, null when it is in no table. Data may arrive between the kernel's two readings. */
    @Nullable
    InetDiagMsgBuilder shown(int snapshot) {
        truth.add(new Truth(exists(snapshot), snapshot >= acceptedAt, fin, read, received - read, acked, sent - acked));
        if (!exists(snapshot)) {
            return null;
        }
        long rqueue = received - read + (fin && !finRead ? 1 : 0);
        if (arrives && !fin && random.nextInt(8) == 0) {
            received += 1 + random.nextInt(100_000);
        }
        return InetDiagMsgBuilder.in(Story.ORDER)
                .local("127.0.0.1", 80)
                .remote("127.0.0.1", 1000 + (int) cookie)
                .cookie(cookie)
                .state(fin ? Uapi.TCP_CLOSE_WAIT : Uapi.TCP_ESTABLISHED)
                .inode(snapshot >= acceptedAt ? 100 + cookie : 0)
                .queues(rqueue, sent - acked)
                .info(TcpInfoBuilder.ofLength(232)
                        .set("tcpi_bytes_received", received + (fin ? 1 : 0))
                        .set("tcpi_bytes_acked", acked)
                        .set("tcpi_snd_wnd", peerAcks ? 65_536 : 0));
    }
}
