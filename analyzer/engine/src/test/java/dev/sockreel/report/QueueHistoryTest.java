package dev.sockreel.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.history.HistoryPoint.Gone;
import dev.sockreel.history.HistoryPoint.NotObserved;
import dev.sockreel.history.HistoryPoint.Seen;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.Moment;
import dev.sockreel.history.NotObservedReason;
import dev.sockreel.history.Reading;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.source.ImportedCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueueHistoryTest {
    /** A reading of any tcp connection, whose queues are replaced. */
    private static final Reading SOME = ImportedCapture.folder(Capture.MODS, "snap").rows(0).stream()
            .map(Reading::of)
            .filter(r -> r.recvQ() instanceof Queue.SequenceBytes)
            .findFirst()
            .orElseThrow();

    private static Reading reading(long recvQ, long sendQ, long position) {
        return new Reading(
                SOME.stateNumber(), SOME.state(), SOME.inode(), new Queue.SequenceBytes(recvQ),
                new Queue.SequenceBytes(sendQ),
                recvQ, recvQ > 0, false, position, SOME.peer(), SOME.peerInode(), SOME.owners(), SOME.peerOwners(),
                SOME.ulp(),
                SOME.source(), SOME.counters());
    }

    private static Moment moment(int turn) {
        return new Moment(turn, turn, new ReceiveTime(turn * 1_000_000_000L, ReceiveTime.UNKNOWN));
    }

    private static HistoryPoint seen(int turn, long recvQ, long sendQ, long position) {
        return new Seen(moment(turn), moment(turn), 1, reading(recvQ, sendQ, position));
    }

    /** A long history has few points, keeps minimum and maximum, and each snapshot is in exactly one point. */
    @Test
    void aLongHistoryHasFewPointsAndKeepsItsExtremes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            int most = 2 + random.nextInt(40);
            int length = 1 + random.nextInt(3000);
            int levels = 1 + random.nextInt(50);
            QueueHistory history = new QueueHistory(most);
            List<Long> recvQ = new ArrayList<>();
            for (int turn = 0; turn < length; turn++) {
                boolean absent = random.nextInt(20) == 0;
                recvQ.add(absent ? Stretch.NONE : random.nextInt(levels));
                history.add(absent
                        ? new NotObserved(moment(turn), moment(turn), 1, NotObservedReason.OTHER_BOOT)
                        : seen(turn, recvQ.getLast(), 0, turn));
            }
            check(history.stretches(), recvQ, most, "seed " + seed + ", round " + round);
        }
    }

    private static void check(List<Stretch> stretches, List<Long> recvQ, int most, String where) {
        assertTrue(stretches.size() <= most, where);
        int next = 0;
        for (Stretch s : stretches) {
            assertEquals(next, s.first(), where);
            List<Long> own = recvQ.subList(s.first(), s.last() + 1);
            List<Long> listed = own.stream().filter(q -> q != Stretch.NONE).toList();
            assertEquals(listed.size(), s.listed(), where);
            assertEquals(listed.stream().mapToLong(q -> q).min().orElse(Stretch.NONE), s.recvQLow(), where);
            assertEquals(listed.stream().mapToLong(q -> q).max().orElse(Stretch.NONE), s.recvQHigh(), where);
            assertEquals(s.first() * 1_000_000_000L, s.from().realtimeNs(), where);
            assertEquals(s.last() * 1_000_000_000L, s.to().realtimeNs(), where);
            next = s.last() + 1;
        }
        assertEquals(recvQ.size(), next, where);
    }

    @Test
    void equalSnapshotsAreOnePoint() {
        QueueHistory history = new QueueHistory(16);
        for (int turn = 0; turn < 1000; turn++) {
            history.add(seen(turn, 9, 0, 0));
        }
        history.add(new Gone(moment(1000), moment(1000), 1));
        assertEquals(2, history.stretches().size());
        assertEquals(1000, history.stretches().getFirst().listed());
        assertEquals("gone", history.stretches().getLast().state());
    }

    /** Data that arrives during a dump makes one position too high, which is no reading. */
    @Test
    void aPositionThatFallsBackWasTooHigh() {
        QueueHistory history = new QueueHistory(16);
        history.add(seen(0, 9, 0, 100));
        history.add(seen(1, 9, 0, 165));
        history.add(seen(2, 19, 0, 100));
        history.add(seen(3, 19, 0, 120));
        assertEquals(List.of(100L, 100L, 100L, 120L), history.stretches().stream().map(Stretch::readPosition).toList());
    }
}
