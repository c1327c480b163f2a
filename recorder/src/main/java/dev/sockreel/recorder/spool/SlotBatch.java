package dev.sockreel.recorder.spool;

import dev.sockreel.recorder.kernel.ReceiveSlot;

/** Filled slots that are passed to the writing thread together, which wakes it only once. */
public final class SlotBatch implements SpoolItem {
    static final int SLOTS = 8;

    private final ReceiveSlot[] slots = new ReceiveSlot[SLOTS];
    private int count;

    public void add(ReceiveSlot slot) {
        slots[count++] = slot;
    }

    public boolean isFull() {
        return count == SLOTS;
    }

    public int count() {
        return count;
    }

    ReceiveSlot slot(int index) {
        return slots[index];
    }
}
