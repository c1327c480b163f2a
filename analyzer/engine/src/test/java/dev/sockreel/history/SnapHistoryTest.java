package dev.sockreel.history;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.FdMapRow;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.TruthSocket;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import dev.sockreel.source.ImportedCapture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Histories from five snapshots of real sockets, about a second apart, whose truth is known at each step. */
class SnapHistoryTest {
    private static final Path CAPTURE = Capture.unpack(Capture.MODS);
    private static final ImportedCapture SNAP = ImportedCapture.folder(Capture.MODS, "snap");
    private static final Map<Long, SocketHistory> BY_COOKIE = followed(SNAP.snapshots());

    /** Follows all sockets of all snapshots from the first snapshot on. */
    private static Map<Long, SocketHistory> followed(List<Snapshot> snapshots) {
        List<SocketRow> rows = new ArrayList<>();
        for (int i = 0; i < snapshots.size(); i++) {
            rows.addAll(SNAP.rows(i));
        }
        HistoryRun run = HistoryRun.of(rows);
        snapshots.forEach(run::add);
        return run.finish().stream()
                .collect(Collectors.toMap(h -> h.identity().cookie(), Function.identity()));
    }

    private static SocketHistory of(int step, String name) {
        TruthSocket truth = Truth.step(CAPTURE, step).stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
        return requireNonNull(BY_COOKIE.get(requireNonNull(truth.cookie())));
    }

    /** Describes a history: {@code Seen 0-1, Gone 2-4}. */
    private static String shape(SocketHistory history) {
        return history.points().stream()
                .map(p -> p.getClass().getSimpleName() + " " + p.first().turn() + "-" + p.last().turn())
                .collect(Collectors.joining(", "));
    }

    /** Compares unread bytes and state with the truth, at every step of every moving socket. */
    @Test
    void everyPointIsTheMakersTruth() {
        int compared = 0;
        for (TruthSocket t : Truth.steps(CAPTURE)) {
            SocketHistory history = requireNonNull(BY_COOKIE.get(requireNonNull(t.cookie())));
            Reading reading = at(history, t.step() - 1);
            assertEquals(t.state(), reading.state(), t.name() + " at " + t.when());
            if (t.unread() != null) {
                assertEquals(t.unread(), reading.unread(), t.name() + " at " + t.when());
                compared++;
            }
        }
        assertEquals(98, compared);
    }

    private static Reading at(SocketHistory history, int turn) {
        return history.seen().stream()
                .filter(s -> s.first().turn() <= turn && turn <= s.last().turn())
                .findFirst()
                .orElseThrow(() -> new AssertionError(shape(history) + " has nothing seen at " + turn))
                .reading();
    }

    /** Each snapshot has its own map of descriptors, made by the capture's own scan of /proc. */
    @Test
    void ownersAreThoseOfEachSnapshotsOwnMap() {
        int compared = 0;
        for (int turn = 0; turn < 5; turn++) {
            Map<Long, List<FdMapRow>> held = Truth.descriptorsOf(CAPTURE.resolve("snap/" + (turn + 1) + "/fdmap.tsv"))
                    .stream().collect(Collectors.groupingBy(FdMapRow::inode));
            for (TruthSocket t : Truth.step(CAPTURE, turn + 1)) {
                Reading reading = at(requireNonNull(BY_COOKIE.get(requireNonNull(t.cookie()))), turn);
                List<FdMapRow> expected = held.getOrDefault(reading.inode(), List.of());
                List<Owner> owners = requireNonNull(reading.owners());
                assertEquals(
                        expected.stream().map(f -> f.pid() + " " + f.fd()).toList(),
                        owners.stream().map(o -> o.pid() + " " + o.fd()).toList(), t.name());
                assertTrue(owners.stream().anyMatch(o -> o.pid() == requireNonNull(t.pid())
                        && o.fd() == requireNonNull(t.fd())), t.name());
                compared++;
            }
        }
        assertEquals(103, compared);
    }

    /** mv.tuple was closed and opened again with the same addresses between steps 2 and 3: two histories. */
    @Test
    void aReusedTupleIsAnotherSocket() {
        SocketHistory first = of(2, "mv.tuple.server");
        SocketHistory second = of(3, "mv.tuple.server");
        assertEquals("Seen 0-1, Gone 2-4", shape(first));
        assertEquals("NotYet 0-1, Seen 2-4", shape(second));
        assertEquals(first.last().socket().local(), second.last().socket().local());
        assertEquals(first.last().peer(), second.last().peer());
    }

    @Test
    void aNewSocketIsNotThereBefore() {
        assertEquals("NotYet 0-0, Seen 1-4", shape(of(2, "mv.new.server")));
        assertEquals("NotYet 0-0, Seen 1-4", shape(of(2, "mv.new.client")));
    }

    /** The kernel's counters: 500 bytes a second pass through mv.busy while 9 stay unread, nothing through mv.stuck. */
    @Test
    void equalQueuesHaveDifferentCounters() {
        SocketHistory stuck = of(1, "mv.stuck.server");
        assertEquals("Seen 0-4", shape(stuck));
        assertEquals(5, stuck.snapshotsSeen());
        assertTrue(Arrays.equals(new long[] {0}, stuck.readPositions()));
        SocketHistory busy = of(1, "mv.busy.server");
        assertEquals(5, busy.seen().size());
        long[] positions = busy.readPositions();
        for (int i = 1; i < positions.length; i++) {
            assertTrue(positions[i] > positions[i - 1], Arrays.toString(positions));
            long received = busy.seen().get(i).reading().counters().of(TcpInfo.BYTES_RECEIVED).orElseThrow();
            assertEquals(positions[i] + 9, received);
        }
    }

    /** A unix socket has no tcp_info, and no counters are made up. */
    @Test
    void absentCountersStayAbsent() {
        Reading unix = of(1, "mv.ustuck.server").seen().getFirst().reading();
        assertTrue(unix.counters().of(TcpInfo.BYTES_RECEIVED).isEmpty());
        assertEquals(Socket.UNKNOWN, unix.readPosition());
        assertEquals(9, unix.unread());
    }

    /** Every snapshot of the run is in exactly one point, in order. */
    @Test
    void pointsHaveNoGapAndNoOverlap() {
        for (SocketHistory history : BY_COOKIE.values()) {
            int next = 0;
            for (HistoryPoint p : history.points()) {
                assertEquals(next, p.first().turn(), shape(history));
                assertEquals(p.snapshots(), p.last().turn() - p.first().turn() + 1, shape(history));
                next = p.last().turn() + 1;
            }
            assertEquals(5, next, shape(history));
        }
    }
}
