package dev.sockreel.snapshot;

import static dev.sockreel.verdict.WrittenCapture.process;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.verdict.WrittenCapture;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests owners over whole scans, refreshed states, and scans with unreadable processes. */
class OwnerTableTest {
    private static WrittenCapture capture() {
        return WrittenCapture.begin(ByteOrder.LITTLE_ENDIAN).snapshot(0);
    }

    @Test
    void aWholeScanShowsWhoAndAlsoNobody() {
        OwnerTable table = capture().owners(0, process(7, "server", 'S', 100, 101), process(8, "odd \")(,=", 'T', 101))
                .read().getFirst().owners();
        assertTrue(table.isComplete());
        assertEquals(List.of("7 server 3 S"), OwnerTexts.of(table.of(100, 0)));
        assertEquals(List.of("7 server 4 S", "8 odd \")(,= 3 T"), OwnerTexts.of(table.of(101, 0)));
        assertEquals(List.of(), table.of(999, 0));
    }

    /** A socket made after the scan may have an owner that the scan did not see. */
    @Test
    void nobodyIsClaimedInTheScansOwnSnapshotOnly() {
        List<Snapshot> two = capture().owners(0, process(7, "server", 'S', 100)).snapshot(1).read();
        OwnerTable later = two.get(1).owners();
        assertEquals(List.of("7 server 3 null"), OwnerTexts.of(later.of(100, 1)), "its state was not read again");
        assertNull(later.of(999, 1));
    }

    @Test
    void aScanThatCouldNotLookEverywhereNeverSaysNobody() {
        OwnerTable table = capture().owners(1, process(7, "server", 'S', 100)).read().getFirst().owners();
        assertTrue(table.isRecorded());
        assertFalse(table.isComplete());
        assertEquals(1, table.unreadable());
        assertNull(table.of(999, 0));
        assertEquals(List.of("7 server 3 S"), OwnerTexts.of(table.of(100, 0)));
    }

    @Test
    void aScanWhoseLastPartIsLostNeverSaysNobody() {
        Owners first = new Owners(0, true, 0, false, ReceiveTime.NONE, ReceiveTime.NONE, 0, 0, 0,
                List.of(process(7, "server", 'S', 100)));
        OwnerTable table = capture().write(first).read().getFirst().owners();
        assertFalse(table.isComplete());
        assertNull(table.of(999, 0));
    }

    @Test
    void noScanIsNotNobody() {
        OwnerTable table = capture().read().getFirst().owners();
        assertFalse(table.isRecorded());
        assertNull(table.of(100, 0));
    }

    @Test
    void aRefreshChangesStatesAlone() {
        List<Snapshot> three = capture().owners(0, process(7, "server", 'S', 100))
                .snapshot(1).states(process(7, "server", 'T'))
                .snapshot(2).states(process(7, "server", 'R'))
                .read();
        assertEquals(List.of("7 server 3 S"), OwnerTexts.of(three.get(0).owners().of(100, 0)));
        assertEquals(List.of("7 server 3 T"), OwnerTexts.of(three.get(1).owners().of(100, 1)));
        assertEquals(List.of("7 server 3 R"), OwnerTexts.of(three.get(2).owners().of(100, 2)));
        assertEquals(0, three.get(2).owners().scanSnapshot());
    }

    /** A process that has ended is not refreshed: it holds nothing any more. */
    @Test
    void aProcessThatHasEndedHoldsNothing() {
        List<Snapshot> two = capture().owners(0, process(7, "server", 'T', 100), process(8, "other", 'S', 101))
                .snapshot(1).states(process(8, "other", 'S'))
                .read();
        assertNull(two.get(1).owners().of(100, 1));
    }

    @Test
    void partsOfOneScanAreJoined() {
        Owners first = new Owners(0, true, 0, false, ReceiveTime.NONE, ReceiveTime.NONE, 0, 0, 0,
                List.of(process(7, "server", 'S', 100)));
        Owners second = new Owners(0, true, 1, true, ReceiveTime.NONE, ReceiveTime.NONE, 2, 0, 0,
                List.of(process(8, "other", 'S', 100)));
        OwnerTable table = capture().write(first).write(second).read().getFirst().owners();
        assertTrue(table.isComplete());
        assertEquals(List.of(7, 8), requireNonNull(table.of(100, 0)).stream().map(Owner::pid).toList());
    }

    @Test
    void aCommThatLooksLikeAStateIsReadToItsLastBracket() {
        OwnerTable table = capture().owners(0, process(7, "a) T (b", 'S', 100)).read().getFirst().owners();
        assertEquals(List.of("7 a) T (b 3 S"), OwnerTexts.of(table.of(100, 0)));
    }
}
