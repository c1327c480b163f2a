package dev.sockreel.source.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Divides requests into snapshots: where one repeats, and where there are too many. */
class SnapshotRuleTest {
    private static byte[] request(int number, int seq) {
        return ByteBuffer.allocate(20).putInt(8, seq).putInt(12, seq).putInt(16, number).array();
    }

    @Test
    void aRequestThatRepeatsOpensASnapshot() {
        SnapshotRule rule = new SnapshotRule();
        assertFalse(rule.opens(0, request(1, 1), false));
        assertFalse(rule.opens(0, request(2, 2), false));
        assertFalse(rule.opens(1, request(1, 3), false), "of another namespace");
        assertFalse(rule.opens(0, request(1, 4), true), "failed");
        assertTrue(rule.opens(0, request(1, 5), false));
        assertFalse(rule.opens(0, request(2, 6), false));
    }

    @Test
    void moreDumpsThanTheLimitOpenASnapshot() {
        SnapshotRule rule = new SnapshotRule();
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < SnapshotRule.MAX_DUMPS_OF_A_NAMESPACE; i++) {
                boolean opens = switch (i % 3) {
                    case 0 -> rule.opens(0, request(i, 1), false);
                    case 1 -> rule.opens(0, request(i, 1), true);
                    default -> rule.opensUnasked(0);
                };
                assertEquals(turn == 1 && i == 0, opens, "dump " + i);
            }
        }
    }

    @Test
    void namespacesAreCountedApart() {
        SnapshotRule rule = new SnapshotRule();
        for (int i = 0; i < SnapshotRule.MAX_DUMPS; i++) {
            assertFalse(rule.opens(i / 10, request(i, 1), false), "dump " + i);
        }
        assertTrue(rule.opensUnasked(0));
    }

    @Test
    void remarksAreCountedBeyondALimit() {
        Remarks remarks = new Remarks(2);
        remarks.add("a");
        assertEquals(List.of("a"), remarks.all());
        remarks.add("b");
        remarks.add("c");
        remarks.add("d");
        assertEquals(List.of("a", "b", "and 2 more like these"), remarks.all());
    }
}
