package dev.sockreel.recorder.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class ReceivePoolTest {
    private final ReceivePool pool = new ReceivePool(2);

    @Test
    void thereAreAsManySlotsAsAskedFor() {
        ReceiveSlot one = pool.poll();
        ReceiveSlot two = pool.poll();
        assertNotNull(one);
        assertNotNull(two);
        assertNotSame(one, two);
        assertEquals(ReceivePool.BUFFER_BYTES, two.capacityBytes);
        assertNull(pool.poll());
    }

    @Test
    void theSlotReturnedLastIsTakenBeforeAnotherIsMade() throws InterruptedException {
        ReceivePool.Waited waited = new ReceivePool.Waited();
        ReceiveSlot one = pool.take(waited);
        pool.give(one);
        assertSame(one, pool.take(waited));
        assertEquals(0, waited.nanos);
    }
}
